import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import { known } from '../../shared/fact.ts';
import type { Analysis } from './analyse.ts';
import { idsOf, type DeviceNames } from './device-names.ts';
import { fullStop } from './full-stop.ts';
import { hostTitle } from './host-title.ts';
import { iommuView } from './iommu-view.ts';

/** `airlock groups` for people: a head, one block for each group, then what needs attention. */
export function groupsText(analysis: Analysis, names: DeviceNames): string {
  const blocks = analysis.actingGroups.map((group) => [
    groupHead(group.id, analysis),
    ...group.members.map((member) => memberLine(member, analysis, names)),
  ]);
  return [
    ...headLines(analysis),
    '',
    ...blocks.flatMap((block) => [...block, '']),
    ...attentionLines(analysis),
  ]
    .join('\n')
    .trimEnd();
}

function headLines({ host, context, grouping }: Analysis): readonly string[] {
  const iommu = iommuView(host, context.iommu);
  const kernel = known(host.kernelRelease) ?? 'unknown';
  return [
    `${hostTitle(host)}, kernel ${kernel}`,
    `${iommu.sentence.replace(/\.$/, '')} (${iommu.evidence}).`,
    ...iommu.advice.map(({ title, text }) => `${title}. ${text}`),
    ...(grouping.basis === 'as-if-on'
      ? ['These are the groups that this kernel would form with the IOMMU on.']
      : []),
  ];
}

function groupHead(id: string, { actsOn, grouping, differences, actingGroups }: Analysis): string {
  if (actsOn === 'predicted') {
    const group = grouping.groups.find((one) => one.id === id);
    return `Group ${id} (predicted, ${group?.confidence ?? 'unknown'})`;
  }
  const members = actingGroups.find((one) => one.id === id)?.members ?? [];
  const isDisputed = differences.some((difference) =>
    difference.members.some((member) => members.includes(member)),
  );
  return `Group ${id}${isDisputed ? ' (the prediction differs, see below)' : ''}`;
}

function memberLine(member: string, { context }: Analysis, names: DeviceNames): string {
  const node = context.topology.find(member as Bdf);
  if (node === undefined) return `  ${member}`;
  const driver = known(node.fn.details?.driver);
  const device = names.device(node.fn);
  const vendor = names.vendor(node.fn);
  const name = device.startsWith(vendor) ? device : `${vendor} ${device}`;
  return `  ${shortBdf(node.bdf)}  ${names.className(node.fn)}: ${name} [${idsOf(node.fn)}]${driver === undefined ? '' : `  (${driver})`}`;
}

function attentionLines({ grouping, differences, host }: Analysis): readonly string[] {
  const commands = new Set(
    grouping.groups.flatMap(({ because }) => because.flatMap(({ command }) => command ?? [])),
  );
  const notCovered = grouping.notCovered.map(shortBdf).join(', ');
  return [
    ...(notCovered === '' ? [] : [`Not covered by an IOMMU: ${notCovered}`]),
    ...differences.flatMap(({ code, members, text, evidence }) => [
      `Difference (${code}): ${members.map((member) => shortBdf(member as Bdf)).join(', ')}`,
      `  ${fullStop(text)}`,
      `  ${evidence}`,
    ]),
    ...[...commands].map((command) => `Some inputs were missing. To supply them: ${command}`),
    ...problemLines(host.problems.map(({ text }) => text)),
  ];
}

function problemLines(texts: readonly string[]): readonly string[] {
  const shown = texts.slice(0, 10).map((text) => `Problem: ${text}`);
  return texts.length > 10 ? [...shown, `… and ${texts.length - 10} more problems`] : shown;
}
