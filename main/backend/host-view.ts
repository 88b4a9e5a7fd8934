import type { Bdf } from '../../shared/bdf.ts';
import { isUnreadable, known } from '../../shared/fact.ts';
import type { DoctorReport, LogText } from '../../shared/doctor-report.ts';
import type { FunctionDetails, ObservedGroup, PciFunction } from '../../shared/host.ts';
import type { FunctionView, GroupView, HostView } from '../../shared/view.ts';
import { testAcs } from '../engine/acs-test.ts';
import { checkMove, type ActingGroup } from '../engine/check-move.ts';
import { isHostPart } from '../engine/host-parts.ts';
import type { FunctionNode } from '../engine/topology.ts';
import { driverOf, ownershipOf, viabilityOf } from '../engine/viability.ts';
import { acsClause, acsEvidence, roleOf } from '../engine/words.ts';
import { describeErrno } from '../host/source.ts';
import type { Analysis } from './analyse.ts';
import { viabilityView } from './check-view.ts';
import { idsOf, type DeviceNames } from './device-names.ts';
import { differenceView, doubtView } from './groups-report.ts';
import { doctorView } from './doctor-view.ts';
import { hostLogs } from './host-logs.ts';
import type { OpenedHost } from './host-shelf.ts';
import { fullStop } from './full-stop.ts';
import { boardName } from '../engine/board-name.ts';
import { hostTitle, sourceView } from './host-title.ts';
import { iommuView } from './iommu-view.ts';
import { passableMembers } from './passable-members.ts';
import { reportView } from './report-view.ts';
import { whatifOffers } from './whatif-offers.ts';

/** Everything that the pages about one host show. */
export function hostView({ hostId, analysis, names, title }: OpenedHost): HostView {
  const { host, grouping, context } = analysis;
  const board = boardName(host);
  const bios = biosOf(host.machine?.board.biosVersion, host.machine?.board.biosDate);
  const os = known(host.machine?.osName);
  const kernelRelease = known(host.kernelRelease);
  const commandLine = known(host.commandLine);
  const logs = hostLogs(host);
  return {
    hostId,
    source: sourceView(host.source),
    title: title ?? hostTitle(host),
    ...(board !== undefined && { board }),
    ...(bios !== undefined && { bios }),
    ...(os !== undefined && { os }),
    ...(kernelRelease !== undefined && { kernelRelease }),
    ...(commandLine !== undefined && { commandLine }),
    iommu: iommuView(host, context.iommu),
    basis: grouping.basis,
    lacksRights: lacksRights(analysis),
    functions: context.topology.nodes.map((node) => functionView(node, analysis, names)),
    groups: analysis.actingGroups.map((group) => groupView(group, analysis)),
    notCovered: [...grouping.notCovered],
    differences: analysis.differences.map(differenceView),
    problems: host.problems.map((problem) => ({ ...problem })),
    ...(logs.length > 0 && { log: logView(logs, analysis) }),
    ...(host.report !== undefined && { report: reportView(host.report, host.functions) }),
  };
}

/** A kernel names each device that joins a group: what is harmless may be long. */
function logView(logs: readonly LogText[], { host, context }: Analysis): DoctorReport {
  const report = doctorView(logs, host, context);
  return { ...report, diagnoses: report.diagnoses.filter(({ weight }) => weight !== 'harmless') };
}

function biosOf(version: unknown, date: unknown): string | undefined {
  const words = [version, date].filter((word): word is string => typeof word === 'string');
  return words.length === 0 ? undefined : words.join(', ');
}

/** Some function's configuration space ends where the kernel cuts it for readers without root. */
function lacksRights({ host }: Analysis): boolean {
  return host.functions.some(({ config }) => {
    if (isUnreadable(config)) return config.errno === 'EACCES';
    return config !== undefined && isUnreadable(config.pcie) && config.pcie.errno === 'TRUNCATED';
  });
}

function functionView(node: FunctionNode, analysis: Analysis, names: DeviceNames): FunctionView {
  const { fn } = node;
  const acs = testAcs(node, analysis.context);
  const predicted = analysis.grouping.placements.get(fn.bdf)?.groupId;
  const observed = observedGroupOf(analysis, fn);
  const acting = analysis.actingGroup(fn.bdf)?.id;
  const subsystem = known(fn.subsystem);
  const check = checkMove(
    [fn.bdf],
    analysis.context,
    analysis.grouping,
    analysis.actingGroup,
    true,
  );
  return {
    bdf: fn.bdf,
    name: names.device(fn),
    vendorName: names.vendor(fn),
    className: names.className(fn),
    kind: names.kind(fn),
    ids: idsOf(fn),
    ...(subsystem !== undefined && { subsystemIds: subsystemIds(subsystem) }),
    ...(fn.parent !== undefined && { parent: fn.parent }),
    rootBus: fn.rootBus,
    role: roleOf(node),
    driverState: driverStateOf(node),
    verdict: check.verdict,
    sentence: fullStop(check.sentence),
    ...(acting !== undefined && { groupId: acting }),
    ...(observed !== undefined && { observedGroupId: observed }),
    ...(predicted !== undefined && { predictedGroupId: predicted }),
    acs:
      acs.isIsolated === undefined ? 'unknown' : acs.isIsolated ? 'isolates' : 'does-not-isolate',
    acsText: `${acsClause(acs)} (${acsEvidence(acs)})`,
    ...(fn.physicalFunction !== undefined && { physicalFunction: fn.physicalFunction }),
    ...detailsView(fn.details),
    ...whatifOffers(node, analysis.context.topology, analysis.host),
    isHostPart: isHostPart(node),
    unread: unreadFacts(fn),
  };
}

function driverStateOf(node: FunctionNode): FunctionView['driverState'] {
  const driver = driverOf(node);
  if (isUnreadable(driver)) return 'unknown';
  return driver === undefined ? 'none' : 'bound';
}

function observedGroupOf(analysis: Analysis, fn: PciFunction): string | undefined {
  if (analysis.actsOn === 'observed') return analysis.actingGroup(fn.bdf)?.id;
  return known(fn.iommuGroupId);
}

function subsystemIds(subsystem: number): string {
  const text = (subsystem >>> 0).toString(16).padStart(8, '0');
  return `${text.slice(0, 4)}:${text.slice(4)}`;
}

/** Facts of a full reading; `isBootVga` and `children` are always there. */
function detailsView(details: FunctionDetails | undefined) {
  const revision = known(details?.revision);
  const speed = known(details?.currentLinkSpeed);
  const width = known(details?.currentLinkWidth);
  const bars = known(details?.bars);
  const resetMethods = known(details?.resetMethods);
  return {
    ...present({
      revision: revision?.toString(16).padStart(2, '0'),
      driver: known(details?.driver),
      driverOverride: known(details?.driverOverride),
      physicalSlot: details?.physicalSlot,
      label: known(details?.label),
      numaNode: known(details?.numaNode),
      resetMethods: resetMethods && [...resetMethods],
      link: speed === undefined || width === undefined ? undefined : `${speed} x${width}`,
      memoryBytes: bars
        ?.filter(({ index, kind }) => index < 6 && kind !== 'io')
        .reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
    }),
    isBootVga: details?.isBootVga === true,
    children: [...(details?.children ?? [])],
  };
}

/** The entries that have a value. */
function present<T extends object>(entries: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(entries).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

function unreadFacts(fn: PciFunction): string[] {
  const facts: readonly (readonly [string, unknown])[] = [
    ['configuration space', fn.config],
    ['ACS', known(fn.config)?.acs],
    ['vendor', fn.vendorId],
    ['class', fn.classCode],
    ['driver', fn.details?.driver],
    ['IOMMU group', fn.iommuGroupId],
  ];
  return facts.flatMap(([name, fact]) =>
    isUnreadable(fact) ? [`${name}: ${describeErrno(fact.errno)}`] : [],
  );
}

function groupView(group: ActingGroup, analysis: Analysis): GroupView {
  const { context, grouping } = analysis;
  const predictedIds = new Set(
    group.members.map((member) => grouping.placements.get(member as Bdf)?.groupId),
  );
  const predicted = grouping.groups.filter(({ id }) => predictedIds.has(id));
  const because = predicted.flatMap((one) => one.because);
  const passable = passableMembers(group, context);
  const subjects = passable.length > 0 ? passable : pciMembers(group, analysis);
  const check = checkMove(subjects, context, grouping, analysis.actingGroup, true);
  const isObserved = analysis.actsOn === 'observed';
  const facts: Partial<ObservedGroup> = isObserved ? group : {};
  return {
    id: group.id,
    kind: analysis.actsOn,
    members: [...group.members],
    ...present({ type: known(facts.type), name: known(facts.name) }),
    ownership: ownershipOf(group.members, context),
    verdict: check.verdict,
    sentence: fullStop(check.sentence),
    viability: viabilityView(viabilityOf(group.members, context)),
    confidence: weakest(predicted.map(({ confidence }) => confidence)),
    because: because.map(doubtView),
    ...(isObserved &&
      grouping.basis === 'as-is' && {
        agrees: !analysis.differences.some(({ members }) =>
          members.some((member) => group.members.includes(member)),
        ),
      }),
  };
}

function pciMembers(group: ActingGroup, { context }: Analysis): readonly Bdf[] {
  return group.members.map((member) => member as Bdf).filter((bdf) => context.topology.find(bdf));
}

function weakest(all: readonly GroupView['confidence'][]): GroupView['confidence'] {
  if (all.includes('unknown')) return 'unknown';
  return all.includes('likely') ? 'likely' : 'certain';
}
