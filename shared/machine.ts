import type { Bdf } from './bdf.ts';
import type { Fact } from './fact.ts';

/** Facts about the machine as a whole, from a full reading. */
export interface MachineFacts {
  readonly board: BoardFacts;
  /** `PRETTY_NAME` of `etc/os-release`. */
  readonly osName: Fact<string>;
  /** Physical slots by `sys/bus/pci/slots/<name>/address`. */
  readonly physicalSlots: readonly PhysicalSlot[];
  /** Kernel log lines about PCI, IOMMU and VFIO, where the source holds them. */
  readonly kernelLog: Fact<readonly string[]>;
  /** `proc/self/mounts` and `proc/swaps`: what is mounted from a block device. */
  readonly mounts: Fact<readonly Mount[]>;
  /** Names in `proc/modules`. */
  readonly loadedModules: Fact<readonly string[]>;
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

/** One line of the mount table. */
export interface Mount {
  /** `/dev/nvme0n1p2`. */
  readonly device: string;
  /** `/`, or `swap`. */
  readonly mountPoint: string;
}
