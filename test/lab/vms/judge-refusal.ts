import { doctorView } from '../../../main/backend/doctor-view.ts';
import type { Boot } from '../boot.ts';
import { textOf } from '../judge.ts';
import { readSnapshot } from '../read-snapshot.ts';
import type { Refusal } from './vm-stage.ts';

/** Gives what QEMU said to the doctor, with the host as it was then; what is wrong with its answer. */
export async function judgeRefusal(
  { refused, pattern, device, says = '' }: Refusal,
  answer: string,
  booted: Boot,
): Promise<readonly string[]> {
  const said = textOf(booted, `${answer}.said`);
  const host = await readSnapshot(booted, answer);
  if (host === undefined) return [`${refused}: no snapshot`];
  if (textOf(booted, `${answer}.status`) === '0') return [`${refused} was not refused`];
  const [first] = doctorView([{ name: 'qemu', text: said }], host).diagnoses;
  const facts = first?.hostFacts.join('\n') ?? '';
  const isExplained =
    first?.id === pattern &&
    first.weight === 'cause' &&
    first.device === device &&
    facts.includes(says);
  if (isExplained) return [];
  const found = `${first?.id ?? 'nothing'} of ${first?.device}: ${facts}`;
  return [`${refused}: due is ${pattern} of ${device}: ${says}; found is ${found}\n${said}`];
}
