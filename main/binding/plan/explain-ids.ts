import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import type { EngineContext } from '../../engine/context.ts';
import { hostIndex, idsOf } from '../../engine/host-use/host-index.ts';

/**
 * Explains binding by ids, the way that most guides tell, for the functions of a plan.
 *
 * @returns One sentence or two: the argument where no other function of the host has these ids,
 *   and otherwise who else would be taken.
 */
export function explainIds(moving: readonly Bdf[], { topology }: EngineContext): string {
  const ids = new Set<number>();
  const others: string[] = [];
  for (const bdf of moving) {
    const node = topology.find(bdf);
    const own = node && idsOf(node);
    if (own === undefined || ids.has(own)) continue;
    ids.add(own);
    const same = hostIndex(topology).byIds.get(own) ?? [];
    others.push(...same.map((other) => other.bdf).filter((other) => !moving.includes(other)));
  }
  if (others.length > 0) {
    const named = others.slice(0, 3).map((bdf) => shortBdf(bdf as Bdf));
    const rest = others.length > 3 ? ` and ${others.length - 3} more` : '';
    return `Binding by ids is no alternative here: ${named.join(', ')}${rest} would be taken from the host too, by the same ids.`;
  }
  const list = [...ids].map((id) => `${hex4(Math.floor(id / 0x10000))}:${hex4(id % 0x10000)}`);
  return `An alternative: vfio-pci.ids=${list.join(',')} on the kernel command line binds the same functions at boot, because no other function of this host has these ids. A card of the same kind that is added later would be taken too, so the plan names addresses.`;
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0');
}
