import type { BootFunction } from '../../../main/binding/boot/boot-plan.ts';
import { planBoot } from '../../../main/binding/boot/plan-boot.ts';
import { formatSteps } from '../../../main/binding/plan/format-steps.ts';
import { identifyCard } from '../../../main/binding/plan/identify-card.ts';
import { openDirectorySource } from '../../../main/host/directory-source.ts';
import { readBootFacts } from '../../../main/host/read-boot-facts.ts';
import type { Bdf } from '../../../shared/bdf.ts';
import type { Host } from '../../../shared/host.ts';
import { BOOT_OPTIONS } from '../../support/boot-tree.ts';

/** One minute: the least that the format takes. */
const TIMER_MINUTES = 1;

/**
 * Plans the next boot of a guest, as of any host: cards from what our collector read inside, boot
 * files from its root. Nothing is said of stack or loader: they are found.
 *
 * @returns The plan's `steps.txt`.
 */
export function planGuest(root: string, host: Host, cards: readonly Bdf[]): string {
  // The whole root is here: what it lacks, the guest lacks.
  const info = { kind: 'live', name: 'guest', capturedAtMs: undefined, wasRoot: true } as const;
  const source = openDirectorySource(root, info, undefined);
  const functions = cards.map((bdf) => bootFunction(host, bdf));
  const plan = planBoot(readBootFacts(source), functions, {
    ...BOOT_OPTIONS,
    arguments: [],
    timerMinutes: TIMER_MINUTES,
  });
  if (!plan.ok) throw new Error(plan.error.message);
  const head = { planId: '00112233445566bb', machine: undefined, bootId: undefined };
  const text = formatSteps({ ...head, kernelRelease: undefined, steps: plan.value.steps });
  if (!text.ok) throw new Error(text.error.message);
  return text.value;
}

/** Each card has a twin with the same ids: that is what binding by address is for. */
function bootFunction(host: Host, bdf: Bdf): BootFunction {
  const fn = host.functions.find((one) => one.bdf === bdf);
  if (fn === undefined) throw new Error(`The guest has no ${bdf}`);
  const { card } = identifyCard(fn);
  if (card === undefined) throw new Error(`The guest does not tell what ${bdf} is`);
  return { card, to: 'vfio-pci', hasUniqueIds: false };
}
