import { compareBdf, shortBdf, type Bdf } from '../../shared/bdf.ts';
import { isUnreadable, known } from '../../shared/fact.ts';
import type { Grouping } from '../../shared/isolation.ts';
import type { Check, Finding, Moving, Staying, Verdict, Viability } from '../../shared/verdict.ts';
import type { EngineContext } from './context.ts';
import { isChipset } from './host-parts.ts';
import { findHostUse } from './host-use/find-host-use.ts';
import { makeUseContext } from './host-use/use-context.ts';
import { isBridge } from './pcie-state.ts';
import type { FunctionNode } from './topology.ts';
import { driverOf, isVfioDriver, ownershipOf, viabilityModel, viabilityOf } from './viability.ts';

/** A group to act on: the kernel's where it shows groups, otherwise the predicted one. */
export interface ActingGroup {
  readonly id: string;
  readonly members: readonly string[];
}

/**
 * Says what giving functions to a VM means: which functions move, which stay and why, what the host
 * loses, and whether the kernel will accept it.
 *
 * @param asked - Functions of the host; duplicates are taken once.
 * @param groupOf - The acting group of a function; `undefined` where it has none.
 * @param isJudgedAsIfOn - Leave aside that the IOMMU is off, to compare groups.
 */
export function checkMove(
  asked: readonly Bdf[],
  context: EngineContext,
  grouping: Grouping,
  groupOf: (bdf: Bdf) => ActingGroup | undefined,
  isJudgedAsIfOn = false,
): Check {
  const wanted = [...new Set(asked)].sort(compareBdf);
  const groups = [...new Set(wanted.map(groupOf).filter((group) => group !== undefined))];
  const members = groups.flatMap((group) => group.members);
  const moves = wanted.length === 0 ? [] : movesOf(wanted, members, context);
  const moving = new Set<string>(moves.map(({ bdf }) => bdf));
  const stays = members
    .filter((member) => !moving.has(member))
    .map((member) => stayOf(member, context));
  const viability = groups.map((group) => viabilityOf(group.members, context));
  const findings = [
    ...refusals(wanted, context, grouping, groupOf, isJudgedAsIfOn),
    ...stubbornMembers(stays, viability),
    ...findHostUse(makeUseContext(context, { grouping, members, moves, stays })),
  ];
  const verdict = verdictOf(wanted, moves, members, viability, findings);
  return {
    asked: wanted,
    verdict,
    sentence: sentenceOf(verdict, moves, findings, context),
    groupIds: groups.map(({ id }) => id),
    moves,
    stays,
    viability,
    ownership: ownershipOf(members, context),
    findings,
  };
}

/**
 * The smallest set that makes the group viable: what was asked, the other functions of its cards,
 * and every member that a host driver uses.
 */
function movesOf(
  wanted: readonly Bdf[],
  members: readonly string[],
  context: EngineContext,
): readonly Moving[] {
  const slots = new Set(wanted.map((bdf) => bdf.slice(0, -2)));
  const nodes = new Set<FunctionNode>();
  for (const name of [...wanted, ...members]) {
    const node = context.topology.find(name as Bdf);
    if (node && mustMove(node, wanted, slots)) nodes.add(node);
  }
  return [...nodes]
    .map((node) => ({
      bdf: node.bdf,
      driver: known(driverOf(node)),
      isAsked: wanted.includes(node.bdf),
    }))
    .sort((a, b) => compareBdf(a.bdf, b.bdf));
}

function mustMove(node: FunctionNode, wanted: readonly Bdf[], slots: ReadonlySet<string>): boolean {
  if (wanted.includes(node.bdf)) return true;
  if (isBridge(node)) return false;
  const isSibling = slots.has(node.bdf.slice(0, -2)) && !node.isVirtualFunction;
  if (isSibling && !isChipset(node)) return true;
  const driver = driverOf(node);
  if (driver === undefined) return false;
  return isUnreadable(driver) || driver.replaceAll('-', '_') !== 'pci_stub';
}

function stayOf(member: string, context: EngineContext): Staying {
  const node = context.topology.find(member as Bdf);
  const driver = known(driverOf(node));
  return { member, driver, reason: reasonToStay(node, driver, context) };
}

function reasonToStay(
  node: FunctionNode | undefined,
  driver: string | undefined,
  context: EngineContext,
): string {
  if (node === undefined) return 'It is no PCI function: VFIO for PCI cannot take it';
  if (isBridge(node)) {
    return viabilityModel(context) === 'enforced' && driver !== undefined && driver !== 'pcieport'
      ? `vfio-pci takes no bridges, and ${driver} keeps the group from being viable`
      : 'vfio-pci takes no bridges, and a bridge that stays does no harm';
  }
  return driver === undefined
    ? 'No driver uses it: the group is viable while that stays so'
    : `${driver} holds it without using it`;
}

/** What makes the wish impossible whatever the drivers are. */
function refusals(
  wanted: readonly Bdf[],
  context: EngineContext,
  grouping: Grouping,
  groupOf: (bdf: Bdf) => ActingGroup | undefined,
  isJudgedAsIfOn: boolean,
): readonly Finding[] {
  const findings: Finding[] = [];
  if (!context.iommu.isActive && !isJudgedAsIfOn) {
    findings.push({
      code: 'iommu-off',
      severity: 'stop',
      subjects: wanted,
      title: 'The IOMMU is not on',
      text: 'Without an IOMMU a VM cannot be given a device safely. Switch it on in the firmware setup and in the kernel first',
      evidence: context.iommu.evidence,
    });
  }
  for (const bdf of wanted) {
    const node = context.topology.find(bdf);
    if (node === undefined) continue;
    const finding = refusalOf(node, grouping, groupOf(bdf));
    if (finding) findings.push(finding);
  }
  return findings;
}

function refusalOf(
  node: FunctionNode,
  grouping: Grouping,
  group: ActingGroup | undefined,
): Finding | undefined {
  const stop = (code: string, title: string, text: string, evidence: string): Finding => ({
    code,
    severity: 'stop',
    subjects: [node.bdf],
    title,
    text,
    evidence,
  });
  if (isBridge(node)) {
    return stop(
      'is-bridge',
      `${shortBdf(node.bdf)} is a bridge`,
      'vfio-pci refuses bridges: pass on the devices below it',
      'config 0x0e: header type 1 or 2',
    );
  }
  if (group === undefined) {
    const reason = grouping.placements.get(node.bdf)?.reason;
    const text = reason?.kind === 'not-covered' ? reason.text : 'The kernel put it into no group';
    return stop(
      'no-group',
      `${shortBdf(node.bdf)} has no IOMMU group`,
      text,
      'no iommu_group link',
    );
  }
  if (isChipset(node)) {
    return {
      ...stop(
        'chipset-part',
        `${shortBdf(node.bdf)} is a part of the chipset`,
        'The host needs it, and a VM has no use for it',
        'config 0x09: class code',
      ),
      severity: 'risk',
    };
  }
  return undefined;
}

/** Members that neither move nor let the group be viable. */
function stubbornMembers(
  stays: readonly Staying[],
  viability: readonly Viability[],
): readonly Finding[] {
  const blocking = new Set(
    viability.flatMap(({ members }) =>
      members.filter(({ state }) => state === 'blocks').map(({ member }) => member),
    ),
  );
  return stays
    .filter(({ member }) => blocking.has(member))
    .map(({ member, driver, reason }) => ({
      code: 'member-blocks',
      severity: 'stop' as const,
      subjects: [member],
      title: `${member} keeps the group from being viable`,
      text: reason,
      evidence: `driver: ${driver ?? 'none'}`,
    }));
}

function verdictOf(
  wanted: readonly Bdf[],
  moves: readonly Moving[],
  members: readonly string[],
  viability: readonly Viability[],
  findings: readonly Finding[],
): Verdict {
  if (findings.some(({ severity }) => severity === 'stop')) return 'blocked';
  const isUnknown = viability.some((group) =>
    group.members.some(({ member, state }) => state === 'unknown' && members.includes(member)),
  );
  if (isUnknown || wanted.length === 0) return 'unknown';
  if (findings.some(({ severity }) => severity === 'risk')) return 'risky';
  return moves.every(({ isAsked }) => isAsked) ? 'ready' : 'needs-companions';
}

function sentenceOf(
  verdict: Verdict,
  moves: readonly Moving[],
  findings: readonly Finding[],
  context: EngineContext,
): string {
  const companions = moves.filter(({ isAsked }) => !isAsked).map(({ bdf }) => shortBdf(bdf));
  const worst = findings.find(
    ({ severity }) => severity === (verdict === 'blocked' ? 'stop' : 'risk'),
  );
  switch (verdict) {
    case 'ready':
      return moves.every(({ driver }) => driver !== undefined && isVfioDriver(driver))
        ? 'Can be passed through; VFIO has it already'
        : 'Can be passed through; nothing else moves';
    case 'needs-companions':
      return `Can be passed through. Moves with ${listOf(companions)}`;
    case 'risky':
    case 'blocked':
      return worst === undefined ? 'Cannot be passed through' : `${worst.title}`;
    case 'unknown':
      return context.host.functions.some(({ details }) => details !== undefined)
        ? 'Cannot say: the driver of a member is not known'
        : 'Cannot say: the source does not name the drivers';
  }
}

/** `a, b and 3 more`. */
function listOf(names: readonly string[]): string {
  if (names.length <= 3) return names.join(', ').replace(/, ([^,]*)$/, ' and $1');
  return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}
