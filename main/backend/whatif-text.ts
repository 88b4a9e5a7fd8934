import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import type { Host } from '../../shared/host.ts';
import type { GroupChangeView, WhatifReport } from '../../shared/whatif-report.ts';
import type { DeviceNames } from './device-names.ts';
import { GROUP_CHANGE_WORDS } from '../../shared/group-change-words.ts';
import { hostTitle } from './host-title.ts';
import { providerName } from './iommu-view.ts';

/** `airlock whatif` for people: what was asked, which groups change, what it rests on. */
export function whatifText(report: WhatifReport, host: Host, names: DeviceNames): string {
  return [
    ...headLines(report, host),
    '',
    'Changes, as understood:',
    ...report.changes.map(({ text }, at) => `  ${at + 1}. ${text}`),
    ...addressLines(report, host, names),
    '',
    ...report.groupChanges.flatMap((change) => [...changeLines(change, report), '']),
    remainderLine(report),
    ...notCoveredLines(report),
    ...report.suppositions.map((text) => `Supposed: ${text}`),
    ...doubtLines(report),
    ...report.warnings.map((text) => `Warning: ${text}`),
  ].join('\n');
}

function headLines({ source, iommu, before, after }: WhatifReport, host: Host): readonly string[] {
  const provider = providerName(iommu.provider as Parameters<typeof providerName>[0]);
  const basis = {
    'as-is': `Before: the groups that this kernel forms with ${provider}, as predicted.`,
    'as-if-on': 'Before: the groups that this kernel would form with an IOMMU that is on; none is.',
    off: 'Before: no groups, as the IOMMU is off.',
  };
  const kernel = after.kernel === undefined ? '' : ` of Linux ${after.kernel}`;
  return [
    `${hostTitle(host)}, kernel ${source.kernel ?? 'unknown'}`,
    basis[before.basis],
    `After: predicted by the rules${kernel}, as at the next start with these changes.`,
  ];
}

function addressLines(report: WhatifReport, host: Host, names: DeviceNames): readonly string[] {
  const { readdressed, added, removed } = report;
  if (readdressed.length + added.length + removed.length === 0) return [];
  const name = (address: string) => {
    const fn = host.functions.find(({ bdf }) => bdf === address);
    return fn === undefined ? '' : `  ${names.device(fn)}`;
  };
  return [
    '',
    'Addresses that change:',
    ...shorten(readdressed.map(({ from, to }) => `  ${short(from)} -> ${short(to)}${name(from)}`)),
    ...shorten(added.map(({ bdf, role }) => `  new  ${short(bdf)}  ${role}`)),
    ...shorten(removed.map((bdf) => `  gone ${short(bdf)}${name(bdf)}`)),
  ];
}

function changeLines(change: GroupChangeView, report: WhatifReport): readonly string[] {
  const origins = new Map(report.readdressed.map(({ from, to }) => [to, from] as const));
  const member = (bdf: string) => {
    const from = origins.get(bdf);
    return from === undefined ? short(bdf) : `${short(bdf)} (was ${short(from)})`;
  };
  return [
    `${GROUP_CHANGE_WORDS[change.kind]}:`,
    ...change.before.map(({ members }) => `  before  ${members.map(short).join('  ')}`),
    ...change.after.map(
      ({ members, confidence }) => `  after   ${members.map(member).join('  ')}  (${confidence})`,
    ),
    ...change.whyBefore.map(({ text }) => `  before: ${text}`),
    ...change.whyAfter.map(({ text }) => `  after: ${text}`),
  ];
}

function remainderLine({ groupChanges, unchangedGroups }: WhatifReport): string {
  if (groupChanges.length === 0) return 'No group changes.';
  if (unchangedGroups === 0) return 'These are all groups.';
  const groups =
    unchangedGroups === 1 ? 'one other group stays' : `${unchangedGroups} other groups stay`;
  return `Nothing else changes: ${groups} as before.`;
}

function notCoveredLines({ before, after }: WhatifReport): readonly string[] {
  const lost = after.notCovered.filter((bdf) => !before.notCovered.includes(bdf));
  return lost.length === 0 ? [] : [`Not covered by an IOMMU after: ${lost.map(short).join(', ')}`];
}

/** Doubts beside the suppositions, of groups that change; each once. */
function doubtLines({ groupChanges }: WhatifReport): readonly string[] {
  const doubts = groupChanges
    .flatMap(({ after }) => after.flatMap(({ because }) => because))
    .filter(({ code }) => code !== 'supposed');
  const lines = doubts.map(({ text, command }) =>
    command === undefined ? `Not certain: ${text}` : `Not certain: ${text} (${command})`,
  );
  return shorten([...new Set(lines)]);
}

const MAX_LINES = 16;

function shorten(lines: readonly string[]): readonly string[] {
  return lines.length > MAX_LINES
    ? [...lines.slice(0, MAX_LINES), `  … and ${lines.length - MAX_LINES} more`]
    : lines;
}

function short(address: string): string {
  return shortBdf(address as Bdf);
}
