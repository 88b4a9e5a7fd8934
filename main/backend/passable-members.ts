import type { Bdf } from '../../shared/bdf.ts';
import type { ActingGroup } from '../engine/check-move.ts';
import type { EngineContext } from '../engine/context.ts';
import { isHostPart } from '../engine/host-parts.ts';

/** What of a group a person would pass on: everything but parts of the host. */
export function passableMembers(group: ActingGroup, context: EngineContext): readonly Bdf[] {
  return group.members.flatMap((member) => {
    const node = context.topology.find(member as Bdf);
    return node === undefined || isHostPart(node) ? [] : [node.bdf];
  });
}
