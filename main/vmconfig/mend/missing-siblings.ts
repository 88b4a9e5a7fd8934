import { bdfParts, type Bdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { EngineContext } from '../../engine/context.ts';
import { viabilityOf } from '../../engine/viability.ts';
import { addressesOf } from '../lint/host-nodes.ts';
import { restOfCard } from '../place/find-devices.ts';

/** A function of a card, to be given to the machine beside another of that card. */
export interface MissingSibling {
  readonly beside: Bdf;
  readonly bdf: Bdf;
}

/**
 * Functions that the host still uses and that must move along with their group. Only the rest of a
 * card that the machine has already, and only where that makes the group whole: whether the host can
 * do without another device of the group is for people to say.
 *
 * @returns None for a machine with an IOMMU of its own, which takes one function of a group at most.
 */
export function findMissingSiblings(
  vm: PlacedVm,
  context: EngineContext,
): readonly MissingSibling[] {
  if (vm.viommu !== undefined) return [];
  const own = addressesOf(vm);
  return (known(context.host.observedGroups) ?? []).flatMap(({ members }) => {
    const siblings = siblingsIn(vm, new Set(members), context);
    const busy = viabilityOf(members, context).members.filter(
      ({ member, state }) => state === 'blocks' && !own.has(member),
    );
    const wanted = busy.map(({ member }) => siblings.get(member));
    return wanted.every((one) => one !== undefined) ? wanted.toSorted(byFunction) : [];
  });
}

/** By their addresses; of bridges and parts of the host there are none. */
function siblingsIn(
  { hostDevices }: PlacedVm,
  members: ReadonlySet<string>,
  context: EngineContext,
): ReadonlyMap<string, MissingSibling> {
  return new Map(
    hostDevices.flatMap((device) => {
      const node = device.kind === 'pci' ? context.topology.find(device.bdf) : undefined;
      if (node === undefined || !members.has(node.bdf)) return [];
      return restOfCard(node, context).map(({ bdf }) => [bdf, { beside: node.bdf, bdf }] as const);
    }),
  );
}

function byFunction(a: MissingSibling, b: MissingSibling): number {
  return bdfParts(a.bdf).functionNumber - bdfParts(b.bdf).functionNumber;
}
