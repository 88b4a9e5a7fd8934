import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { isBridge } from '../pcie-state.ts';
import type { FunctionNode } from '../topology.ts';
import { hostIndex, idsOf } from './host-index.ts';
import { listNames, makeFinding } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

/** Functions with the same ids that do not move: `ids=` would take them as well, but no bridges. */
export function findIdenticalIds({ moves, moving, engine }: UseContext): readonly Finding[] {
  const { byIds } = hostIndex(engine.topology);
  return moves.flatMap((node) => {
    const ids = idsOf(node);
    if (ids === undefined || isBridge(node)) return [];
    const same = byIds.get(ids) ?? [];
    const count = same.length - moves.filter((one) => idsOf(one) === ids && !isBridge(one)).length;
    if (count <= 0) return [];
    const shown = `${hex4(Math.floor(ids / 0x10000))}:${hex4(ids % 0x10000)}`;
    return [
      makeFinding('identical-ids', 'note', node, {
        title: `${nameSome(same, moving, count)} ${count === 1 ? 'has' : 'have'} the same ids as ${shortBdf(node.bdf)}`,
        text: `Binding by ids (vfio-pci.ids=${shown}) would take ${count === 1 ? 'it' : 'them'} from the host as well: bind by address`,
        evidence: `vendor and device: ${shown}`,
      }),
    ];
  });
}

/** A card may have thousands of equal virtual functions: only the first are looked at. */
function nameSome(same: readonly FunctionNode[], moving: ReadonlySet<Bdf>, count: number): string {
  const names: string[] = [];
  for (const { bdf } of same) {
    if (!moving.has(bdf)) names.push(shortBdf(bdf));
    if (names.length === 3) break;
  }
  const rest = count - names.length;
  return listNames(rest === 0 ? names : [...names, `${rest} more`]);
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0');
}
