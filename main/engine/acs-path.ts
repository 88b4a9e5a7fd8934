import type { AcsVerdict, Doubt } from '../../shared/isolation.ts';
import { testAcs } from './acs-test.ts';
import type { EngineContext } from './context.ts';
import { joinDoubts, NO_DOUBTS } from './doubts.ts';
import type { FunctionNode } from './topology.ts';

/** Whether everything from a bridge up to the root bus isolates. */
export interface PathVerdict {
  /** The first function on the way up that does not; `undefined`: the path is good. */
  readonly failing: AcsVerdict | undefined;
  readonly doubts: readonly Doubt[];
}

const GOOD: PathVerdict = { failing: undefined, doubts: NO_DOUBTS };

/**
 * GR-5: tests each function from a bridge up to and including the one on the root bus.
 *
 * Answers are remembered for each bridge, so a whole host costs one test for each function.
 *
 * @param memo - Answers so far, by index of the bridge.
 * @see Linux drivers/pci/pci.c, `pci_acs_path_enabled()`
 */
export function testPath(
  bridge: FunctionNode,
  context: EngineContext,
  memo: Map<number, PathVerdict>,
): PathVerdict {
  const climb: FunctionNode[] = [];
  let at: FunctionNode | undefined = bridge;
  while (at !== undefined && !memo.has(at.index) && climb.length <= context.topology.nodes.length) {
    climb.push(at);
    at = at.parent;
  }
  let above = at === undefined ? GOOD : (memo.get(at.index) ?? GOOD);
  for (const node of climb.reverse()) {
    above = extend(testAcs(node, context), above);
    memo.set(node.index, above);
  }
  return above;
}

/**
 * A function that fails hides everything above it; one that passes adds its doubts. One of which
 * nothing is known changes nothing where the path fails above it: then it is in that group itself.
 */
function extend(own: AcsVerdict, above: PathVerdict): PathVerdict {
  if (own.isIsolated === undefined && above.failing?.isIsolated === false) return above;
  if (own.isIsolated !== true) return { failing: own, doubts: own.doubts };
  return own.doubts.length === 0
    ? above
    : { failing: above.failing, doubts: joinDoubts(own.doubts, above.doubts) };
}
