import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import type { EngineContext } from '../../engine/context.ts';
import { hostIndex, idsOf } from '../../engine/host-use/host-index.ts';

/**
 * Explains binding by ids, the way that most guides tell, for the functions of a plan.
 *
 * @returns One sentence or two: the argument where no other function of the host has these ids,
 *   and otherwise who else would be taken.
 */
export function explainIds(moving: readonly Bdf[], context: EngineContext): string {
  const ids = new Set<number>();
  const others: Bdf[] = [];
  for (const bdf of moving) {
    const own = ownIds(bdf, context);
    if (own === undefined || ids.has(own)) continue;
    ids.add(own);
    others.push(...findTwins(bdf, moving, context));
  }
  if (others.length > 0) {
    const named = others.slice(0, 3).map((bdf) => shortBdf(bdf));
    const rest = others.length > 3 ? ` and ${others.length - 3} more` : '';
    return `Binding by ids is no alternative here: ${named.join(', ')}${rest} would be taken from the host too, by the same ids.`;
  }
  const list = [...ids].map((id) => `${hex4(Math.floor(id / 0x10000))}:${hex4(id % 0x10000)}`);
  return `An alternative: vfio-pci.ids=${list.join(',')} on the kernel command line binds the same functions at boot, because no other function of this host has these ids. A card of the same kind that is added later would be taken too, so the plan names addresses.`;
}

/** Functions that have the ids of `bdf` and do not move: binding by ids would take them, too. */
export function findTwins(
  bdf: Bdf,
  moving: readonly Bdf[],
  context: EngineContext,
): readonly Bdf[] {
  const own = ownIds(bdf, context);
  const same = own === undefined ? [] : (hostIndex(context.topology).byIds.get(own) ?? []);
  return same.map((other) => other.bdf).filter((other) => !moving.includes(other));
}

function ownIds(bdf: Bdf, { topology }: EngineContext): number | undefined {
  const node = topology.find(bdf);
  return node && idsOf(node);
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0');
}
