import { shortBdf, type Bdf } from '../../shared/bdf.ts';
import type { Grouping, Reason } from '../../shared/isolation.ts';
import type { AcsOverride } from './acs-override.ts';
import { groupingOf } from './compute-grouping.ts';
import { makeContext, type EngineContext } from './context.ts';
import type { FunctionNode } from './topology.ts';

/** A way to split a group, with its price. */
export interface Split {
  readonly text: string;
  readonly risk: 'none' | 'low' | 'high';
}

/**
 * What would take a function out of a group, or its group apart; safest first.
 *
 * The ACS override is named only where predicting with it shows a split, and never as a remedy.
 *
 * @param members - All members of the function's group.
 * @returns Never empty: where nothing helps, that is the answer.
 */
export function findSplits(
  node: FunctionNode,
  reason: Reason,
  members: readonly Bdf[],
  context: EngineContext,
  grouping: Grouping,
): readonly Split[] {
  if (members.length < 2) {
    return [{ text: 'It is alone: there is nothing to split', risk: 'none' }];
  }
  const safe = safeSplits(node, reason, context, grouping);
  const override = findOverride(node, members, context);
  return override === undefined ? safe : [...safe, overrideSplit(override)];
}

function safeSplits(
  node: FunctionNode,
  reason: Reason,
  context: EngineContext,
  grouping: Grouping,
): readonly Split[] {
  switch (reason.kind) {
    case 'mf-slot':
      return [
        {
          text: 'Nothing that is safe. Pass all functions of the card to the same VM: for a graphics card that is what you want',
          risk: 'none',
        },
      ];
    case 'no-acs-path':
      return pathSplits(node, reason, context, grouping);
    case 'alias-bridge':
      return [
        {
          text: `Nothing: bridge ${shortBdf(reason.bridge)} puts its own requester ID on all traffic from below. Use a slot that is not behind it`,
          risk: 'none',
        },
      ];
    case 'vmd':
      return [
        {
          text: 'Switch VMD off in the firmware setup: its devices then appear as devices of their own',
          risk: 'low',
        },
      ];
    case 'own':
      return [
        {
          text: 'It came first and the others joined it: each of them names what makes it join',
          risk: 'none',
        },
      ];
    case 'alias-devfn':
    case 'same-pe':
    case 'same-stream':
    case 'same-acpi-devid':
    case 'not-covered':
      return [{ text: 'Nothing: the hardware gives them one identity', risk: 'none' }];
  }
}

function pathSplits(
  node: FunctionNode,
  reason: Extract<Reason, { kind: 'no-acs-path' }>,
  context: EngineContext,
  grouping: Grouping,
): readonly Split[] {
  const port = shortBdf(reason.failing);
  const { cause } = reason.why;
  if (cause.kind === 'unknown') {
    const text = `Read the host with root's rights first: whether ${port} isolates is not known`;
    return [{ text, risk: 'none' }];
  }
  const move: Split = {
    text: `Move the card to a slot that is not below ${shortBdf(topSharedBridge(node, context, grouping))}, under a root port that isolates`,
    risk: 'none',
  };
  if (cause.kind === 'control') {
    const text = `${port} could isolate: its ACS was switched off by the kernel command line or after the start. Take out pci=disable_acs_redir or config_acs, or restart`;
    return [{ text, risk: 'low' }, move];
  }
  if (cause.kind !== 'no-capability' && cause.kind !== 'quirk') return [move];
  const text = 'Look in the firmware setup for ACS, or for newer firmware that switches it on';
  return [move, { text, risk: 'low' }];
}

/** The uppermost bridge above the function that is in the same group. */
function topSharedBridge(node: FunctionNode, context: EngineContext, grouping: Grouping): Bdf {
  const own = grouping.placements.get(node.bdf)?.groupId;
  let top = node.parent?.bdf ?? node.bdf;
  let steps = context.topology.nodes.length;
  for (let bridge = node.parent; bridge && steps > 0; bridge = bridge.parent, steps--) {
    if (grouping.placements.get(bridge.bdf)?.groupId === own) top = bridge.bdf;
  }
  return top;
}

const FORMS: readonly (readonly [string, AcsOverride])[] = [
  ['downstream', { downstream: true, multifunction: false, ids: [] }],
  ['multifunction', { downstream: false, multifunction: true, ids: [] }],
  ['downstream,multifunction', { downstream: true, multifunction: true, ids: [] }],
];

/** The mildest form of the override with which the function's group would look smaller. */
function findOverride(
  node: FunctionNode,
  members: readonly Bdf[],
  context: EngineContext,
): string | undefined {
  return FORMS.find(([, override]) => {
    const options = { ...context.options, override };
    const after = groupingOf(makeContext(context.host, options)).placements;
    const own = after.get(node.bdf)?.groupId;
    return members.some((member) => after.get(member)?.groupId !== own);
  })?.[0];
}

function overrideSplit(form: string): Split {
  return {
    text: `A kernel patched for pcie_acs_override=${form} would show the group smaller. It adds no isolation, it hides the missing one: a VM could reach the other devices`,
    risk: 'high',
  };
}
