import { shortBdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { isBridge } from '../pcie-state.ts';
import type { FunctionNode, Topology } from '../topology.ts';
import { listNames, makeFinding } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

/** Remembered by the topology, which never changes: a host asks for each of its groups. */
const REMEMBERED = new WeakMap<Topology, ReadonlyMap<number, readonly FunctionNode[]>>();

/** Functions with the same ids that do not move: `ids=` would take them as well, but no bridges. */
export function findIdenticalIds({ moves, moving, engine }: UseContext): readonly Finding[] {
  const byIds = functionsByIds(engine.topology);
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

function functionsByIds(topology: Topology): ReadonlyMap<number, readonly FunctionNode[]> {
  const known = REMEMBERED.get(topology);
  if (known) return known;
  const byIds = new Map<number, FunctionNode[]>();
  for (const node of topology.nodes) {
    const ids = idsOf(node);
    if (ids === undefined || isBridge(node)) continue;
    const same = byIds.get(ids);
    if (same) same.push(node);
    else byIds.set(ids, [node]);
  }
  REMEMBERED.set(topology, byIds);
  return byIds;
}

function idsOf({ fn }: FunctionNode): number | undefined {
  const [vendor, device] = [known(fn.vendorId), known(fn.deviceId)];
  return vendor === undefined || device === undefined ? undefined : vendor * 0x10000 + device;
}

function hex4(value: number): string {
  return value.toString(16).padStart(4, '0');
}
