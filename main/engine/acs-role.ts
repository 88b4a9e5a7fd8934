import type { AcsRole } from '../../shared/acs-table.ts';
import { isBridge } from './pcie-state.ts';
import type { FunctionNode, Topology } from './topology.ts';

/** GR-17: what a function is among its neighbours; see `AcsRole`. */
export function acsRoleOf(node: FunctionNode, topology: Topology): AcsRole {
  const { parent } = node;
  if (parent === undefined) return 'root';
  const slot = topology.inSlot(node);
  if (!isBridge(node)) return slot.some(isBridge) ? 'beside-bridge' : 'function';
  if (isUpstreamRole(bridgeRoleOf(parent, topology))) return 'downstream';
  const below = topology.below(node);
  if (below.length === 0 || !below.every(isBridge)) return 'bridge';
  return slot.length === 1 ? 'upstream' : 'upstream-of-several';
}

function isUpstreamRole(role: AcsRole): boolean {
  return role === 'upstream' || role === 'upstream-of-several';
}

/** Of a chain without end, which only a made-up source has, the start is taken for a bridge. */
function bridgeRoleOf(bridge: FunctionNode, topology: Topology): AcsRole {
  let depth = 0;
  for (let at: FunctionNode | undefined = bridge; at !== undefined; at = at.parent) {
    if (++depth > 256) return 'bridge';
  }
  return acsRoleOf(bridge, topology);
}
