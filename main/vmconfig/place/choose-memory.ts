import { known } from '../../../shared/fact.ts';
import type { PlacedMemory } from '../../../shared/placed-vm.ts';
import type { HugepagePool, MemoryFacts, MemoryNode } from '../../../shared/processors.ts';
import type { PageSize } from '../../../shared/vm.ts';
import type { VmStep } from '../../../shared/vm-report.ts';

/** Where the guest's memory comes from. */
export interface MemoryChoice {
  readonly memory: PlacedMemory;
  readonly steps: readonly VmStep[];
  readonly notes: readonly string[];
}

const PAGE_KIB = { '2M': 2048, '1G': 1024 * 1024 } as const;

/**
 * Chooses node and pages: the node of the device where it is large enough, and hugepages where
 * enough of them are free, or where somebody asks for them.
 *
 * @param node - NUMA node of the device, on a host that has several.
 */
export function chooseMemory(
  mib: number,
  pages: PageSize,
  facts: MemoryFacts | undefined,
  node: MemoryNode | undefined,
): MemoryChoice {
  const near = node !== undefined && fits(mib, node) ? node : undefined;
  const pools = known(near === undefined ? facts?.pools : near.pools) ?? [];
  const pageKib = choosePages(mib, pages, pools);
  const memory: PlacedMemory = {
    mib,
    nodes: near === undefined ? [] : [near.id],
    ...(pageKib !== undefined && { pageKib }),
  };
  return {
    memory,
    steps: pageKib === undefined ? [] : stepFor(memory, pageKib, pools),
    notes: [
      ...(node !== undefined && near === undefined
        ? [
            `Node ${node.id}, where the device is, is not known to have ${mib} MiB: any node is used.`,
          ]
        : []),
      ...(pages === 'auto' && pageKib === undefined
        ? [
            'Ordinary pages are used: no hugepages are free for this much memory. Ask for 2M or 1G pages to see the step that makes them.',
          ]
        : []),
    ],
  };
}

function fits(mib: number, { totalKib }: MemoryNode): boolean {
  return (known(totalKib) ?? 0) >= mib * 1024;
}

function choosePages(
  mib: number,
  pages: PageSize,
  pools: readonly HugepagePool[],
): number | undefined {
  if (pages === '4K') return undefined;
  if (pages !== 'auto') return PAGE_KIB[pages];
  return [PAGE_KIB['1G'], PAGE_KIB['2M']].find((pageKib) => {
    const free = freePages(pools, pageKib);
    return free !== undefined && (mib * 1024) % pageKib === 0 && free * pageKib >= mib * 1024;
  });
}

function freePages(pools: readonly HugepagePool[], pageKib: number): number | undefined {
  const pool = pools.find((one) => one.pageKib === pageKib);
  return pool === undefined ? undefined : known(pool.free);
}

/** What makes the pages that are missing; 1 GiB in one piece is mostly found right after boot only. */
function stepFor(
  { mib, nodes }: PlacedMemory,
  pageKib: number,
  pools: readonly HugepagePool[],
): readonly VmStep[] {
  const wanted = Math.ceil((mib * 1024) / pageKib);
  const pool = pools.find((one) => one.pageKib === pageKib);
  const free = freePages(pools, pageKib);
  if (free !== undefined && free >= wanted) return [];
  const total = (pool === undefined ? undefined : known(pool.total)) ?? 0;
  const [node] = nodes;
  const folder =
    node === undefined
      ? '/sys/kernel/mm/hugepages'
      : `/sys/devices/system/node/node${node}/hugepages`;
  const missing = wanted - (free ?? 0);
  const size = pageKib === PAGE_KIB['1G'] ? '1 GiB' : '2 MiB';
  const text =
    pageKib === PAGE_KIB['1G']
      ? `Reserve ${wanted} pages of ${size}. At run time there may be no free gigabyte in one piece: hugepagesz=1G hugepages=${node === undefined ? wanted : `${node}:${wanted}`} on the kernel command line reserves them at boot`
      : `Reserve ${missing} more pages of ${size}, best soon after boot; the file tells afterwards how many there are`;
  return [
    { text, command: `echo ${total + missing} > ${folder}/hugepages-${pageKib}kB/nr_hugepages` },
  ];
}
