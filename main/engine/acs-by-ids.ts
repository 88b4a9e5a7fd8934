import type { AcsSubject } from '../../shared/acs-table.ts';
import type { AcsVerdict, Doubt } from '../../shared/isolation.ts';
import type { AcsTestimony } from '../quirks/acs-knowledge.ts';
import { acsRoleOf } from './acs-role.ts';
import type { EngineContext } from './context.ts';
import { acsByIds, inferredFact } from './doubts.ts';
import { isBridge, pcieStateOf } from './pcie-state.ts';
import type { FunctionNode, Topology } from './topology.ts';

/**
 * GR-17: where configuration space does not tell, what functions with the same ids did elsewhere
 * does, and is `likely` at most. A bridge that has nothing but bridges below it, alone in its slot,
 * is a switch's upstream port, of which the kernel asks nothing.
 *
 * @returns The verdict unchanged where it says something, or nothing is known of such functions.
 */
export function testByIds(
  verdict: AcsVerdict,
  node: FunctionNode,
  context: EngineContext,
): AcsVerdict {
  if (verdict.isIsolated !== undefined) return verdict;
  if (isAmdHostBridge(node)) {
    const cause = { kind: 'not-pcie', rule: 'GR-17' } as const;
    const doubts = [inferredFact(node.bdf, 'lack of PCI Express')];
    return { bdf: node.bdf, isIsolated: false, cause, doubts };
  }
  const subject = acsSubjectOf(node, context.topology);
  if (subject === undefined) return verdict;
  const testimony = context.knowledge.ask(subject, context.board);
  if (testimony !== undefined) return verdictOf(node, testimony);
  const isPort = subject.role === 'upstream' && pcieStateOf(node).state === 'unknown';
  if (!isPort || node.isMultifunction) return verdict;
  const cause = { kind: 'single-function', rule: 'GR-17' } as const;
  return { bdf: node.bdf, isIsolated: true, cause, doubts: [inferredFact(node.bdf, 'port type')] };
}

/** A function as the tables know it; `undefined` where its ids or its place are not known. */
export function acsSubjectOf(node: FunctionNode, topology: Topology): AcsSubject | undefined {
  const { vendorId, deviceId, classCode } = node.fn;
  const isGuessed = node.fn.inferred?.includes('topology') === true;
  const isLost = node.parent === undefined && (isGuessed || node.fn.parent !== undefined);
  if (isLost || (isGuessed && isBridge(node))) return undefined;
  if (node.isVirtualFunction || node.vmdEndpoint !== undefined) return undefined;
  if (typeof vendorId !== 'number' || typeof deviceId !== 'number') return undefined;
  return {
    vendorId,
    deviceId,
    classCode: typeof classCode === 'number' ? classCode >>> 8 : undefined,
    role: acsRoleOf(node, topology),
    device: node.devfn >> 3,
  };
}

/**
 * AMD's host bridges, of which every device number of the processor has one, and the functions of
 * its data fabric (00:18.x): they have no PCI Express capability.
 */
export function isAmdHostBridge({ fn, parent }: FunctionNode): boolean {
  const isHostBridge = typeof fn.classCode === 'number' && fn.classCode >>> 8 === 0x0600;
  return isHostBridge && fn.vendorId === 0x1022 && parent === undefined;
}

function verdictOf({ bdf }: FunctionNode, testimony: AcsTestimony): AcsVerdict {
  const doubt: Doubt = acsByIds(bdf, testimony);
  const cause = { kind: 'seen-elsewhere', rule: 'GR-17', text: doubt.text } as const;
  return { bdf, isIsolated: testimony.isIsolated, cause, doubts: [doubt] };
}
