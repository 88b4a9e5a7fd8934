import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import type { AcsVerdict, Grouping, Placement, Reason } from '../../shared/isolation.ts';
import { testAcs } from './acs-test.ts';
import type { EngineContext } from './context.ts';
import { aliasMaskOf, walkAliases } from './dma-alias.ts';
import type { FunctionNode } from './topology.ts';
import { findSplits, type Split } from './splits.ts';
import { acsClause, acsEvidence, hex, roleOf } from './words.ts';

/** One step of the way from a function to the root complex. */
export interface ExplainedHop {
  readonly bdf: Bdf;
  readonly rule: string;
  readonly outcome: 'isolates' | 'joins' | 'passes' | 'unknown' | 'info';
  readonly text: string;
  readonly evidence: string;
}

export interface ExplainedRequesterId {
  /** `0x0400`. */
  readonly id: string;
  readonly text: string;
}

export interface ExplainedPlacement {
  /** One sentence: why here. */
  readonly summary: string;
  readonly hops: readonly ExplainedHop[];
  /** Safest first; never empty. */
  readonly splits: readonly Split[];
  readonly requesterIds: readonly ExplainedRequesterId[];
}

/**
 * Says in words why a function is in its predicted group, hop by hop up to the root complex.
 *
 * @returns `undefined` when the host has no such function.
 */
export function explainPlacement(
  bdf: Bdf,
  context: EngineContext,
  grouping: Grouping,
): ExplainedPlacement | undefined {
  const node = context.topology.find(bdf);
  const placement = grouping.placements.get(bdf);
  if (node === undefined || placement === undefined) return undefined;
  const members = membersOf(placement, grouping);
  return {
    summary: summaryOf(node, placement, members),
    hops: [ownHop(node, placement, context), ...hopsAbove(node, context, grouping)],
    splits: findSplits(node, placement.reason, members, context, grouping),
    requesterIds: requesterIdsOf(node, context),
  };
}

/**
 * The one sentence of an explanation, without its chain and without looking for what would split.
 *
 * @returns `undefined` when the host has no such function.
 */
export function summarizePlacement(
  bdf: Bdf,
  context: EngineContext,
  grouping: Grouping,
): string | undefined {
  const node = context.topology.find(bdf);
  const placement = grouping.placements.get(bdf);
  return node && placement && summaryOf(node, placement, membersOf(placement, grouping));
}

function membersOf(placement: Placement, grouping: Grouping): readonly Bdf[] {
  return grouping.groups.find(({ id }) => id === placement.groupId)?.members ?? [];
}

function summaryOf(node: FunctionNode, placement: Placement, members: readonly Bdf[]): string {
  const name = shortBdf(node.bdf);
  if (placement.groupId === undefined) {
    return `${name} is in no group. ${textOf(placement.reason)}.`;
  }
  const others = members.filter((member) => member !== node.bdf).map(shortBdf);
  if (others.length === 0) return `${name} is alone in its group. ${textOf(placement.reason)}.`;
  const shown =
    others.length > 4
      ? `${others.slice(0, 4).join(', ')} and ${others.length - 4} more`
      : others.join(', ');
  return `${name} shares its group with ${shown}. ${textOf(placement.reason, others.length)}.`;
}

function textOf(reason: Reason, others = 0): string {
  switch (reason.kind) {
    case 'own':
      return others > 0
        ? 'It was the first of them: the others joined it, each for a reason of its own'
        : 'Nothing makes it share with another function';
    case 'alias-bridge':
      return `Its DMA appears under the requester ID of bridge ${shortBdf(reason.bridge)}, so the IOMMU cannot tell the two apart`;
    case 'alias-devfn':
      return `It and ${shortBdf(reason.other)} use each other's requester ID (${reason.source})`;
    case 'vmd':
      return `It lies in the VMD domain of ${shortBdf(reason.endpoint)} and does DMA in that endpoint's name`;
    case 'no-acs-path':
      return `${shortBdf(reason.failing)} on the way to the root does not isolate: ${acsClause(reason.why)}`;
    case 'mf-slot':
      return `It and ${shortBdf(reason.other)} are functions of one card, and neither isolates: ${acsClause(reason.own)}`;
    case 'same-pe':
      return `It belongs to the same partitionable endpoint as ${shortBdf(reason.other)} (${reason.pe})`;
    case 'same-stream':
      return `It uses the same stream of the IOMMU as ${shortBdf(reason.other)}`;
    case 'same-acpi-devid':
      return `Firmware gives it the same device ID as ${shortBdf(reason.other)}`;
    case 'not-covered':
      return reason.text;
  }
}

/** The first hop is the function itself: what its own rule said. */
function ownHop(node: FunctionNode, placement: Placement, context: EngineContext): ExplainedHop {
  const { reason } = placement;
  const hop = (outcome: ExplainedHop['outcome'], text: string, evidence: string): ExplainedHop => ({
    bdf: node.bdf,
    rule: reason.rule,
    outcome,
    text,
    evidence,
  });
  switch (reason.kind) {
    case 'mf-slot':
      return hop(
        reason.own.isIsolated === undefined ? 'unknown' : 'joins',
        `${shortBdf(node.bdf)} and ${shortBdf(reason.other)} are functions of one card. Neither keeps the other from reaching it: ${acsClause(reason.own)}`,
        acsEvidence(reason.own),
      );
    case 'own':
    case 'no-acs-path':
      return aloneInSlotHop(node, context);
    case 'not-covered':
      return hop('info', reason.text, 'no iommu link');
    case 'alias-bridge':
    case 'alias-devfn':
    case 'vmd':
    case 'same-pe':
    case 'same-stream':
    case 'same-acpi-devid':
      return hop('joins', textOf(reason), evidenceOf(reason));
  }
}

function evidenceOf(reason: Reason): string {
  switch (reason.kind) {
    case 'alias-bridge':
      return `${shortBdf(reason.bridge)} config: port type, secondary bus at 0x19`;
    case 'alias-devfn':
      return reason.source;
    case 'vmd':
      return 'path in sys/devices';
    default:
      return 'firmware';
  }
}

function aloneInSlotHop(node: FunctionNode, context: EngineContext): ExplainedHop {
  const acs = testAcs(node, context);
  const siblings = context.topology.inSlot(node).filter((other) => other !== node);
  const role = roleOf(node);
  const text =
    siblings.length === 0
      ? `${shortBdf(node.bdf)} is a ${role} and the only function of its slot`
      : acs.isIsolated === true
        ? `${shortBdf(node.bdf)} is a ${role} and keeps apart from ${siblings.length === 1 ? 'its sibling' : 'its siblings'} in the slot: ${acsClause(acs)}`
        : `${shortBdf(node.bdf)} is a ${role}; ${acsClause(acs)}`;
  return {
    bdf: node.bdf,
    rule: siblings.length === 0 ? 'GR-8' : 'GR-6',
    outcome: 'info',
    text,
    evidence: acsEvidence(acs),
  };
}

/** Each bridge above, up to the root bus, with what it does to the group. */
function hopsAbove(
  node: FunctionNode,
  context: EngineContext,
  grouping: Grouping,
): readonly ExplainedHop[] {
  const start = node.vmdEndpoint ?? node;
  const hops: ExplainedHop[] = [];
  let isEnded = false;
  for (let bridge = start.parent; bridge !== undefined; bridge = bridge.parent) {
    const acs = testAcs(bridge, context);
    const isShared = sharesGroup(bridge, node, grouping);
    hops.push(bridgeHop(bridge, acs, isShared, isEnded));
    isEnded ||= !isShared && acs.isIsolated === true;
    if (hops.length > context.topology.nodes.length) break;
  }
  return hops;
}

function bridgeHop(
  bridge: FunctionNode,
  acs: AcsVerdict,
  isShared: boolean,
  isEnded: boolean,
): ExplainedHop {
  const subject = `${capital(roleOf(bridge))} ${shortBdf(bridge.bdf)}`;
  const base = { bdf: bridge.bdf, rule: acs.cause.rule, evidence: acsEvidence(acs) };
  if (acs.isIsolated === undefined) {
    return {
      ...base,
      outcome: 'unknown',
      text: `${subject}: whether it isolates is not known (${acsClause(acs)})`,
    };
  }
  if (!acs.isIsolated) {
    const end = isShared
      ? 'it shares the group with everything below it'
      : 'traffic below it need not come here';
    return {
      ...base,
      outcome: isShared ? 'joins' : 'passes',
      text: `${subject} does not isolate: ${acsClause(acs)}; ${end}`,
    };
  }
  if (isShared) {
    return {
      ...base,
      outcome: 'joins',
      text: `${subject} isolates by itself (${acsClause(acs)}), but a port above it does not`,
    };
  }
  return isEnded
    ? { ...base, outcome: 'passes', text: `${subject} isolates too: ${acsClause(acs)}` }
    : {
        ...base,
        outcome: 'isolates',
        text: `${subject} isolates: ${acsClause(acs)}. The group ends below it`,
      };
}

function sharesGroup(bridge: FunctionNode, node: FunctionNode, grouping: Grouping): boolean {
  const own = grouping.placements.get(node.bdf)?.groupId;
  return own !== undefined && grouping.placements.get(bridge.bdf)?.groupId === own;
}

function requesterIdsOf(
  node: FunctionNode,
  context: EngineContext,
): readonly ExplainedRequesterId[] {
  const stops = walkAliases(node, context).map((stop) => ({
    id: hex(stop.requesterId, 4),
    text:
      stop.why === 'own'
        ? `its own, ${shortBdf(node.bdf)}`
        : stop.why === 'vmd'
          ? `the VMD endpoint ${shortBdf(stop.node.bdf)}, in whose name it does DMA`
          : `bridge ${shortBdf(stop.node.bdf)}, which puts its own in place`,
  }));
  const mask = aliasMaskOf(node, context);
  if (mask === undefined) return stops;
  if (mask.devfns === 'whole-bus') {
    return [...stops, { id: 'all of its bus', text: mask.source }];
  }
  const bus = (node.busKey & 0xff) * 256;
  return [
    ...stops,
    ...[...mask.devfns].map((devfn) => ({ id: hex(bus + devfn, 4), text: mask.source })),
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
