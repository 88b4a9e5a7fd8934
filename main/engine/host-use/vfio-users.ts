import type { Bdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { UserFacts } from '../../../shared/users.ts';
import type { EngineContext } from '../context.ts';

/** A process that has a group or a function of VFIO open: a VM runs with it. */
export interface VfioUser {
  readonly processId: number;
  readonly processName: string;
  readonly node: string;
}

/**
 * Finds who uses the group of some functions through VFIO.
 *
 * @returns `undefined` where it is not known: processes of others could not be looked at.
 * @see Linux Documentation/driver-api/vfio.rst: `/dev/vfio/$GROUP`, `/dev/vfio/devices/vfioX`
 */
export function vfioUsers(
  members: readonly string[],
  { host, topology }: EngineContext,
): readonly VfioUser[] | undefined {
  const users = host.machine?.users;
  const open = users?.openNodes;
  if (users === undefined || open === undefined || isUnreadable(open)) return undefined;
  const nodes = members.map((member) => topology.find(member as Bdf));
  const groups = nodes.map((node) => known(node?.fn.iommuGroupId));
  const paths = new Set([
    ...groups
      .filter((id) => id !== undefined)
      .flatMap((id) => [`/dev/vfio/${id}`, `/dev/vfio/noiommu-${id}`]),
    ...functionNodes(members, users),
  ]);
  const found = open.nodes.filter(({ node }) => paths.has(node));
  return found.length === 0 && !open.isWhole ? undefined : found;
}

function functionNodes(members: readonly string[], { vfioNodes }: UserFacts): readonly string[] {
  return vfioNodes.filter(({ bdf }) => members.includes(bdf)).map(({ node }) => node);
}
