import type { FunctionView } from '../../shared/view.ts';

/**
 * Whether a member stays when its group moves: bridges always, other parts of the host while no
 * driver uses them.
 */
export function staysInPlace(fn: FunctionView): boolean {
  const isBridge = fn.kind === 'port' || fn.kind === 'bridge';
  return isBridge || (fn.isHostPart && fn.driverState === 'none');
}
