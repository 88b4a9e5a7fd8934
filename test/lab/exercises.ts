import type { EngineContext } from '../../main/engine/context.ts';
import type { FunctionNode } from '../../main/engine/topology.ts';
import type { AcsCause, Grouping, Reason } from '../../shared/isolation.ts';

/**
 * Which rules of `main/engine/RULES.md` took part in a prediction, by what the engine says itself:
 * a rule counts where a placement or an answer of the ACS test rests on it.
 */
export function exercisedRules(context: EngineContext, grouping: Grouping): ReadonlySet<string> {
  const rules = new Set<string>();
  for (const { reason } of grouping.placements.values()) {
    for (const rule of rulesOfReason(reason)) rules.add(rule);
  }
  for (const [index, { cause }] of context.acsVerdicts) {
    for (const rule of rulesOfCause(cause)) rules.add(rule);
    // Ports are asked only while a path is walked.
    const node = context.topology.nodes[index];
    if (node !== undefined && context.topology.below(node).length > 0) rules.add('GR-5');
  }
  if (context.topology.nodes.some((node) => hasSiblings(node, context))) rules.add('GR-3');
  if (context.iommu.isActive) rules.add('GR-31');
  return rules;
}

function rulesOfReason(reason: Reason): readonly string[] {
  return reason.kind === 'no-acs-path' ? [reason.rule, 'GR-5'] : [reason.rule];
}

function rulesOfCause(cause: AcsCause): readonly string[] {
  switch (cause.kind) {
    case 'quirk':
      return ['GR-11', cause.rule];
    case 'control':
      return ['GR-10', cause.rule, 'GR-16'];
    default:
      return ['GR-10', cause.rule];
  }
}

function hasSiblings(node: FunctionNode, context: EngineContext): boolean {
  return node.isMultifunction && context.topology.inSlot(node).length > 1;
}
