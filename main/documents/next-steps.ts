import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import type { Block } from './document.ts';
import type { HostReport } from './host-report.ts';

/** What to do next, most important first: switch the IOMMU on, send what is missing, split groups. */
export function nextSteps({ view, report, explanations, doctor }: HostReport): readonly Block[] {
  const commands = new Set(
    view.groups.flatMap(({ because }) => because.flatMap(({ command }) => command ?? [])),
  );
  if (report?.command !== undefined) commands.add(report.command);
  const cause = doctor?.diagnoses.find(({ weight }) => weight === 'cause');
  const splits = explanations.flatMap(({ bdf, splits: all }) =>
    all
      .filter(({ risk }) => risk !== 'high')
      .slice(0, 1)
      .map(({ text }) => `To split the group of ${shortBdf(bdf as Bdf)}: ${text}`),
  );
  return [
    ...view.iommu.advice.flatMap(({ title, text, copy }) => step(`${title}. ${text}`, copy?.text)),
    ...(cause ? step(`The log shows the cause: ${cause.meaning} ${cause.remedy}`) : []),
    ...[...commands].flatMap((command) =>
      step('Some facts are missing. Run this on the host and send what it prints:', command),
    ),
    ...splits.flatMap((text) => step(text)),
  ];
}

function step(text: string, command?: string): readonly Block[] {
  const said: Block = { kind: 'paragraph', line: [text] };
  return command === undefined ? [said] : [said, { kind: 'command', text: command }];
}
