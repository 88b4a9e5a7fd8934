import { unreadable } from '../../shared/fact.ts';
import type { BootFacts } from '../../shared/boot-facts.ts';
import type { KernelSetup } from '../../shared/kernel-setup.ts';
import type { MachineFacts } from '../../shared/machine.ts';
import type { NetworkFacts } from '../../shared/network.ts';
import type { HypervisorFacts, MemoryFacts, ProcessorFacts } from '../../shared/processors.ts';
import type { SeatFacts } from '../../shared/seat.ts';
import type { BlockDevice, StorageFacts } from '../../shared/storage.ts';
import type { UserFacts } from '../../shared/users.ts';
import { bdf } from './host-notation.ts';

/** What a test wants to say of a machine; the rest was read and is empty. */
export interface MachineNotation {
  readonly storage?: Partial<StorageFacts>;
  readonly network?: Partial<NetworkFacts>;
  readonly seat?: Partial<SeatFacts>;
  readonly users?: Partial<UserFacts>;
  readonly setup?: Partial<KernelSetup>;
  readonly boot?: BootFacts;
  readonly processors?: Partial<ProcessorFacts>;
  readonly memory?: Partial<MemoryFacts>;
  readonly hypervisor?: Partial<HypervisorFacts>;
  readonly loadedModules?: MachineFacts['loadedModules'];
}

/** A machine of which everything was read, as root, and which uses nothing. */
export function machine(notation: MachineNotation = {}): MachineFacts {
  return {
    board: {
      systemVendor: undefined,
      productName: undefined,
      boardVendor: undefined,
      boardName: undefined,
      biosVendor: undefined,
      biosVersion: undefined,
      biosDate: undefined,
    },
    osName: undefined,
    physicalSlots: [],
    kernelLog: [],
    guestLogs: [],
    loadedModules: 'loadedModules' in notation ? notation.loadedModules : [],
    storage: { ...NO_STORAGE, ...notation.storage },
    network: { interfaces: [], defaultRoutes: [], session: undefined, ...notation.network },
    seat: { ...NO_SEAT, ...notation.seat },
    users: {
      openNodes: { nodes: [], isWhole: true },
      nvidiaMinors: [],
      vfioNodes: [],
      configured: undefined,
      ...notation.users,
    },
    setup: {
      isSecureBoot: false,
      lockdown: 'none',
      builtinModules: [],
      driverModules: {},
      vfioAliases: [],
      vfioLines: [],
      ...notation.setup,
    },
    boot: notation.boot ?? { files: {}, isComplete: true, isExact: true },
    processors: {
      online: NOT_RECORDED,
      isolated: NOT_RECORDED,
      processors: NOT_RECORDED,
      ...notation.processors,
    },
    memory: {
      totalKib: NOT_RECORDED,
      nodes: NOT_RECORDED,
      pools: NOT_RECORDED,
      ...notation.memory,
    },
    hypervisor: {
      libvirt: NOT_RECORDED,
      qemu: NOT_RECORDED,
      iommuAddressBits: NOT_RECORDED,
      ...notation.hypervisor,
    },
  };
}

const NO_STORAGE: StorageFacts = {
  blocks: [],
  mounts: [],
  swaps: [],
  btrfs: [],
  zfsPools: [],
  bcacheSets: [],
  nvmeSubsystems: [],
  physicalVolumes: [],
};

const NO_SEAT: SeatFacts = {
  connectors: [],
  bootDisplays: [],
  framebuffers: { ranges: [], hasAddresses: true },
  inputs: [],
  usbDevices: [],
};

/** What a fact is that the source does not hold. */
export const NOT_RECORDED = unreadable('NOT_RECORDED');

/** A disk on a function, or with `path` empty a device made of `slaves`. */
export function block(
  name: string,
  path: readonly string[],
  more: Partial<BlockDevice> = {},
): BlockDevice {
  return { name, number: undefined, path: path.map(bdf), disk: undefined, slaves: [], ...more };
}
