import type { GuestFile } from './cpio.ts';
import type { IommuKind, MachineKind } from './machine.ts';
import type { Part } from './part.ts';

/** A machine to boot. No expected groups: the kernel is asked each time. */
export interface Topology {
  /** Kebab-case, named for what it shows. */
  readonly name: string;
  /** One sentence for the table of results. */
  readonly shows: string;
  readonly iommu: IommuKind;
  readonly parts: readonly Part[];
  readonly machine?: MachineKind;
  /** Kernel arguments in place of those that switch the IOMMU on. */
  readonly commandLine?: string;
  /** Arguments for QEMU in place of those that make the IOMMU. */
  readonly iommuArgs?: readonly string[];
  /** Further arguments for QEMU, for what is no part of the tree. */
  readonly args?: readonly string[];
  /** Identities that emulated devices take, by QEMU device: `vvvv:dddd`. */
  readonly ids?: Readonly<Record<string, string>>;
  readonly guest?: GuestJob;
  /** Labels of the kernels to boot; all that are listed for the machine unless told. */
  readonly kernels?: readonly string[];
  /** Kernels on which it is part of `npm test`. */
  readonly smoke?: readonly string[];
  /** The code of the one difference that must come out; none unless told. */
  readonly differs?: string;
  readonly limitMs?: number;
}

/** What a guest does beside being read. Shell, with the words that `guest/init` offers. */
export interface GuestJob {
  /** Modules that `load` knows. */
  readonly modules?: readonly string[];
  readonly before?: string;
  readonly after?: string;
  /** Whether our collector reads it. */
  readonly isRead?: boolean;
  readonly files?: readonly GuestFile[];
}
