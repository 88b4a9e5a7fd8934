import type { Bdf } from '../../shared/bdf.ts';
import { known } from '../../shared/fact.ts';
import type { ActingGroup } from '../engine/check-move.ts';
import type { EngineContext } from '../engine/context.ts';
import { isBridge } from '../engine/pcie-state.ts';
import type { FunctionNode } from '../engine/topology.ts';

/** What of a group a person would pass on: everything but bridges and the chipset's own parts. */
export function passableMembers(group: ActingGroup, context: EngineContext): readonly Bdf[] {
  return group.members
    .map((member) => context.topology.find(member as Bdf))
    .filter((node) => node !== undefined && !isBridge(node) && !isChipset(node))
    .map((node) => node?.bdf)
    .filter((bdf) => bdf !== undefined);
}

/** Host bridges, ISA bridges, SMBus and other parts that only the host has a use for. */
function isChipset({ fn }: FunctionNode): boolean {
  const code = known(fn.classCode);
  if (code === undefined) return false;
  return code >>> 16 === 0x06 || code >>> 16 === 0x08 || code >>> 8 === 0x0c05;
}
