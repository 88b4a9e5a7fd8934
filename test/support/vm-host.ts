import { analyse, type Analysis } from '../../main/backend/analyse.ts';
import { placeVm, type Placement } from '../../main/vmconfig/place/place-vm.ts';
import { vmWishSchema, type VmWishInput } from '../../shared/vm.ts';
import type { Bar } from '../../shared/host.ts';
import { parseCpuList } from '../../shared/cpu-list.ts';
import type { MemoryFacts, ProcessorFacts } from '../../shared/processors.ts';
import { makeHost, type FunctionNotation } from './host-notation.ts';
import { machine, type MachineNotation } from './machine.ts';
import { fn, port } from './typical-hosts.ts';

const GIB_IN_KIB = 1024 * 1024;

/** Eight cores with two threads each below two caches, and two nodes of 32 GiB. */
export const PROCESSORS: ProcessorFacts = {
  online: parseCpuList('0-15'),
  isolated: [],
  processors: Array.from({ length: 16 }, (_, number) => ({
    number,
    siblings: [number % 8, (number % 8) + 8],
    lastLevelCache: parseCpuList(number % 8 < 4 ? '0-3,8-11' : '4-7,12-15'),
  })),
};

export const MEMORY: MemoryFacts = {
  totalKib: 64 * GIB_IN_KIB,
  nodes: [0, 1].map((id) => ({
    id,
    cpus: parseCpuList(id === 0 ? '0-3,8-11' : '4-7,12-15'),
    totalKib: 32 * GIB_IN_KIB,
    pools: [{ pageKib: 2048, total: 0, free: 0 }],
  })),
  pools: [{ pageKib: 2048, total: 0, free: 0 }],
};

export function bar(index: number, sizeBytes: number): Bar {
  return { index, sizeBytes, startAddress: '0x0', kind: 'prefetchable-memory', is64Bit: true };
}

/** A graphics card of four functions on node 1, an NVMe disk, a USB controller, a VF. */
export const VM_FUNCTIONS: readonly FunctionNotation[] = [
  port('00:01.0', 1),
  ...[0x030000, 0x040300, 0x0c0330, 0x0c8000].map((classCode, index) =>
    fn(`01:00.${index}`, classCode, index === 0 ? 'nvidia' : undefined, {
      ids: [0x10de, 0x1e04 + index],
      below: '00:01.0',
      multifunction: true,
      facts: { numaNode: 1, bars: [bar(1, index === 0 ? 2 ** 28 : 2 ** 14)] },
    }),
  ),
  port('00:02.0', 2),
  fn('02:00.0', 0x010802, 'nvme', { ids: [0x144d, 0xa808], below: '00:02.0' }),
  port('00:03.0', 3),
  fn('03:00.0', 0x0c0330, 'xhci_hcd', { ids: [0x1b21, 0x2142], below: '00:03.0' }),
  port('00:04.0', 4),
  fn('04:00.0', 0x020000, 'ice', { ids: [0x8086, 0x1593], below: '00:04.0' }),
  fn('04:01.0', 0x020000, 'iavf', {
    ids: [0x8086, 0x1889],
    below: '00:04.0',
    physicalFunction: '04:00.0',
  }),
];

const GROUPS = {
  '0': ['00:01.0'],
  '1': ['01:00.0', '01:00.1', '01:00.2', '01:00.3'],
  '2': ['00:02.0'],
  '3': ['02:00.0'],
  '4': ['00:03.0'],
  '5': ['03:00.0'],
  '6': ['00:04.0'],
  '7': ['04:00.0'],
  '8': ['04:01.0'],
};

/** That host, with other functions or facts where a test says so. */
export function vmHost(
  functions: readonly FunctionNotation[] = VM_FUNCTIONS,
  facts: MachineNotation = {},
  cpuVendor = 'GenuineIntel',
): Analysis {
  return analyse(
    makeHost({
      functions,
      observed: GROUPS,
      cpuVendor,
      machine: machine({ processors: PROCESSORS, memory: MEMORY, ...facts }),
    }),
  );
}

/** A placed machine; throws where it is refused. */
export function place(wish: Partial<VmWishInput>, { context }: Analysis = vmHost()): Placement {
  const whole = vmWishSchema.parse({ name: 'vm', guest: 'linux', ...wish });
  const placement = placeVm(whole, context);
  if (!placement.ok) throw new Error(placement.error.message);
  return placement.value;
}

/** A wish for whole functions by their addresses. */
export function pci(...bdfs: readonly string[]) {
  return bdfs.map((bdf) => ({ kind: 'pci' as const, bdf }));
}
