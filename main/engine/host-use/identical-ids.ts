import { shortBdf } from '../../../shared/bdf.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { isBridge } from '../pcie-state.ts';
import { hostIndex, idsOf } from './host-index.ts';
import { listNames, makeFinding } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

/** Functions with the same ids that do not move: `ids=` would take them as well, but no bridges. */
export function findIdenticalIds({ moves, moving, engine }: UseContext): readonly Finding[] {
  const { byIds } = hostIndex(engine.topology);
  return moves.flatMap((node) => {
    const ids = idsOf(node);
    if (ids === undefined || isBridge(node)) return [];
    const others = (byIds.get(ids) ?? []).filter(({ bdf }) => !moving.has(bdf));
    if (others.length === 0) return [];
    const shown = `${hex4(Math.floor(ids / 0x10000))}:${hex4(ids % 0x10000)}`;
    return [
      makeFinding('identical-ids', 'note', node, {
        title: `${listNames(others.map(({ bdf }) => shortBdf(bdf)))} ${others.length === 1 ? 'has' : 'have'} the same ids as ${shortBdf(node.bdf)}`,
        text: `Binding by ids (vfio-pci.ids=${shown}) would take them from the host as well: bind by address`,
        evidence: `vendor and device: ${shown}`,
      }),
    ];
  });
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0');
}
