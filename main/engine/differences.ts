import { compareBdf, type Bdf } from '../../shared/bdf.ts';
import { isUnreadable, known } from '../../shared/fact.ts';
import type { Difference, DifferenceCode, Grouping } from '../../shared/isolation.ts';
import { kernelControl } from './acs-control.ts';
import { parseAcsOverride } from './acs-override.ts';
import { makeContext, type EngineContext, type GroupingOptions } from './context.ts';
import { groupingOf } from './compute-grouping.ts';
import { configOf } from './pcie-state.ts';
import { hex } from './words.ts';

/**
 * Compares the groups that the kernel shows with the predicted ones, by partition and never by
 * number. A cause is named only where evidence confirms it: the prediction is made again with the
 * supposed cause, and has to give what the kernel shows.
 *
 * @returns Nothing where there is nothing to compare: no groups shown, or a prediction `as-if-on`.
 */
export function findDifferences(context: EngineContext, grouping: Grouping): readonly Difference[] {
  const observed = observedPartition(context);
  if (grouping.basis !== 'as-is' || observed === undefined) return [];
  const predicted = predictedPartition(grouping);
  const disputes = findDisputes(context, observed, predicted);
  if (disputes.length === 0) return [];
  const causes = supposedCauses(context);
  return disputes.map((members) => explainDispute(members, observed, context, grouping, causes));
}

/** Group of each function, by either party; functions without a group are missing. */
type Partition = ReadonlyMap<Bdf, string>;

function observedPartition(context: EngineContext): Partition | undefined {
  const groups = known(context.host.observedGroups);
  if (groups === undefined || groups.length === 0) return undefined;
  const partition = new Map<Bdf, string>();
  for (const { id, members } of groups) {
    for (const member of members) partition.set(member as Bdf, id);
  }
  return partition;
}

function predictedPartition(grouping: Grouping): Partition {
  const partition = new Map<Bdf, string>();
  for (const { id, members } of grouping.groups) {
    for (const member of members) partition.set(member, id);
  }
  return partition;
}

/** Sets of functions, connected through either partition, in which the two disagree. */
function findDisputes(
  context: EngineContext,
  observed: Partition,
  predicted: Partition,
): readonly (readonly Bdf[])[] {
  const roots = context.topology.nodes.map(({ index }) => index);
  const find = (index: number): number => {
    let at = index;
    while (roots[at] !== at) at = roots[at] = roots[roots[at] ?? at] ?? at;
    return at;
  };
  const first = new Map<string, number>();
  // Of a function whose group could not be read, the kernel said nothing.
  const nodes = context.topology.nodes.filter(
    ({ bdf, fn }) => observed.has(bdf) || !isUnreadable(fn.iommuGroupId),
  );
  for (const { bdf, index } of nodes) {
    for (const key of [
      `o${observed.get(bdf) ?? `- ${bdf}`}`,
      `p${predicted.get(bdf) ?? `- ${bdf}`}`,
    ]) {
      roots[find(index)] = find(first.get(key) ?? index);
      if (!first.has(key)) first.set(key, index);
    }
  }
  const components = new Map<number, Bdf[]>();
  for (const { bdf, index } of nodes) {
    const root = find(index);
    components.set(root, components.get(root) ?? []);
    components.get(root)?.push(bdf);
  }
  return [...components.values()]
    .map((members) => members.sort(compareBdf))
    .filter((members) => !agree(members, observed, predicted));
}

/** Whether both put the members into the same groups. */
function agree(members: readonly Bdf[], a: Partition, b: Partition): boolean {
  const pairs = new Set(members.map((member) => `${a.get(member) ?? '-'} ${b.get(member) ?? '-'}`));
  const ofA = new Set(members.map((member) => a.get(member) ?? '-'));
  const ofB = new Set(members.map((member) => b.get(member) ?? '-'));
  const isNone = [...pairs].some((pair) => pair.startsWith('- ') !== pair.endsWith(' -'));
  return !isNone && pairs.size === ofA.size && pairs.size === ofB.size;
}

interface SupposedCause {
  readonly code: DifferenceCode;
  readonly options: GroupingOptions;
  readonly evidence: string;
  readonly text: string;
}

/** Causes for which this host shows evidence; each is tried. */
function supposedCauses(context: EngineContext): readonly SupposedCause[] {
  return [overrideCause(context), registerCause(context), backportCause(context)].filter(
    (cause) => cause !== undefined,
  );
}

function overrideCause(context: EngineContext): SupposedCause | undefined {
  const commandLine = known(context.host.commandLine) ?? '';
  const override = parseAcsOverride(commandLine);
  if (override === undefined) return undefined;
  const log = known(context.host.machine?.kernelLog)?.find((line) =>
    line.includes('PCIe ACS overrides enabled'),
  );
  const option = commandLine.split(/\s+/).findLast((word) => word.startsWith('pcie_acs_override='));
  return {
    code: 'acs-override',
    options: { override },
    evidence: [
      `proc/cmdline: ${option ?? ''}`,
      ...(log === undefined ? [] : [`kernel log: ${log}`]),
    ].join('; '),
    text: 'The kernel was told to take devices for isolated that are not (pcie_acs_override). The groups look smaller, but nothing keeps these functions from reaching each other',
  };
}

/** GR-16: control bits that this kernel would not have left so. */
function registerCause(context: EngineContext): SupposedCause | undefined {
  const changed = context.topology.nodes.flatMap((node) => {
    const acs = configOf(node)?.acs;
    if (acs === undefined || 'state' in acs) return [];
    const expected = kernelControl(node, acs.capability, acs.control, context);
    return expected === acs.control ? [] : [{ bdf: node.bdf, acs, expected }];
  });
  if (changed.length === 0) return undefined;
  const evidence = changed
    .slice(0, 4)
    .map(
      ({ bdf, acs, expected }) =>
        `${bdf}: ACS control ${hex(acs.control, 4)} at ${hex(acs.offset + 6, 3)}, the kernel leaves ${hex(expected, 4)}`,
    );
  return {
    code: 'acs-changed-after-boot',
    options: { acsControl: new Map(changed.map(({ bdf, expected }) => [bdf, expected])) },
    evidence: evidence.join('; '),
    text: 'The ACS control bits were changed after the groups were formed. The kernel does not form groups again: what it shows is from before the change',
  };
}

function backportCause(context: EngineContext): SupposedCause | undefined {
  const doubts = context.topology.nodes.flatMap(
    ({ index }) => context.acsVerdicts.get(index)?.doubts ?? [],
  );
  const doubt = doubts.find(({ code }) => code === 'depends-on-backport');
  if (doubt === undefined) return undefined;
  return {
    code: 'quirk-backport',
    options: { backports: 'present' },
    evidence: doubt.text,
    text: 'This kernel has a quirk that its mainline version lacks: it was ported back',
  };
}

function explainDispute(
  members: readonly Bdf[],
  observed: Partition,
  context: EngineContext,
  grouping: Grouping,
  causes: readonly SupposedCause[],
): Difference {
  const cause = causes.find(({ options }) => confirms(options, members, observed, context));
  if (cause) return { members, code: cause.code, evidence: cause.evidence, text: cause.text };
  return (
    hotplugCause(members, context) ??
    doubtCause(members, grouping) ?? {
      members,
      code: 'unexplained',
      evidence: describe(members, observed, predictedPartition(grouping)),
      text: 'The kernel formed other groups than its rules give for what this source shows. A report of this helps: the rule or the reading is wrong',
    }
  );
}

function confirms(
  options: GroupingOptions,
  members: readonly Bdf[],
  observed: Partition,
  context: EngineContext,
): boolean {
  const again = groupingOf(makeContext(context.host, { ...context.options, ...options }));
  return agree(members, observed, predictedPartition(again));
}

/** The log shows that a function came after boot: it was grouped in another order. */
function hotplugCause(members: readonly Bdf[], context: EngineContext): Difference | undefined {
  const log = known(context.host.machine?.kernelLog) ?? [];
  const plugged = log.findIndex(
    (line) => /pciehp|acpiphp|shpchp/.test(line) && /Card present|Button|added/.test(line),
  );
  if (plugged < 0) return undefined;
  const line = log
    .slice(plugged)
    .find(
      (text) =>
        text.includes('Adding to iommu group') && members.some((member) => text.includes(member)),
    );
  return line === undefined
    ? undefined
    : {
        members,
        code: 'hot-plugged',
        evidence: `kernel log: ${log[plugged] ?? ''}; ${line}`,
        text: 'A function was plugged in while the system ran: it was grouped before the scan knew all functions of its card',
      };
}

/** The prediction itself said that it lacked or inferred an input. */
function doubtCause(members: readonly Bdf[], grouping: Grouping): Difference | undefined {
  const doubts = members.flatMap((member) => grouping.placements.get(member)?.doubts ?? []);
  const unknown = doubts.find(({ confidence }) => confidence === 'unknown');
  const doubt = unknown ?? doubts[0];
  if (doubt === undefined) return undefined;
  return {
    members,
    code: unknown ? 'input-unreadable' : 'input-inferred',
    evidence: doubt.text,
    text: unknown
      ? 'The prediction lacked an input and assumed the worst; the kernel knew better'
      : 'The prediction rested on an inferred input, and the kernel decided otherwise',
  };
}

function describe(members: readonly Bdf[], observed: Partition, predicted: Partition): string {
  return members
    .slice(0, 8)
    .map(
      (member) =>
        `${member}: kernel ${observed.get(member) ?? 'none'}, predicted ${predicted.get(member) ?? 'none'}`,
    )
    .join('; ');
}
