import type { Bdf } from './bdf.ts';
import type { BootFacts } from './boot-facts.ts';
import type { LogText } from './doctor-report.ts';
import type { Fact } from './fact.ts';
import type { KernelSetup } from './kernel-setup.ts';
import type { NetworkFacts } from './network.ts';
import type { HypervisorFacts, MemoryFacts, ProcessorFacts } from './processors.ts';
import type { SeatFacts } from './seat.ts';
import type { StorageFacts } from './storage.ts';
import type { UserFacts } from './users.ts';

/** Facts about the machine as a whole, from a full reading. */
export interface MachineFacts {
  readonly board: BoardFacts;
  /** `PRETTY_NAME` of `etc/os-release`. */
  readonly osName: Fact<string>;
  /** Physical slots by `sys/bus/pci/slots/<name>/address`. */
  readonly physicalSlots: readonly PhysicalSlot[];
  /** Kernel log lines about PCI, IOMMU and VFIO, where the source holds them. */
  readonly kernelLog: Fact<readonly string[]>;
  /** Logs of virtual machines, where the source holds them. */
  readonly guestLogs: Fact<readonly LogText[]>;
  /** Names in `proc/modules`. */
  readonly loadedModules: Fact<readonly string[]>;
  readonly storage: StorageFacts;
  readonly network: NetworkFacts;
  readonly seat: SeatFacts;
  readonly users: UserFacts;
  readonly setup: KernelSetup;
  readonly boot: BootFacts;
  readonly processors: ProcessorFacts;
  readonly memory: MemoryFacts;
  readonly hypervisor: HypervisorFacts;
}

/** `sys/class/dmi/id`, names only, never serials. */
export interface BoardFacts {
  readonly systemVendor: Fact<string>;
  readonly productName: Fact<string>;
  readonly boardVendor: Fact<string>;
  readonly boardName: Fact<string>;
  readonly biosVendor: Fact<string>;
  readonly biosVersion: Fact<string>;
  readonly biosDate: Fact<string>;
}

export interface PhysicalSlot {
  readonly name: string;
  /** Function 0 of the slot. */
  readonly bdf: Bdf | undefined;
}
