import type { Bdf } from '../../../shared/bdf.ts';
import type { VmWishInput } from '../../../shared/vm.ts';
import type { HelperStage } from '../helper-stage.ts';

/** A machine that somebody wishes for a laboratory guest. */
export interface GuestVm {
  readonly wish: Omit<VmWishInput, 'name' | 'guest'> & Partial<Pick<VmWishInput, 'guest'>>;
  readonly vfio?: 'group' | 'iommufd';
}

/** QEMU is to refuse, and `airlock doctor` to say why. */
export interface Refusal {
  readonly refused: string;
  /** The cause that comes first, by its pattern, and the device that it is about. */
  readonly pattern: string;
  readonly device: Bdf;
  /** What the host's facts must add. */
  readonly says?: string;
}

/** A line of shell, in the words of `guest/helper-words` and `guest/vm-words`; or a start by its machine. */
export type VmStep =
  | string
  | Refusal
  /** QEMU is to start, and to show each device; it runs until it is ended. */
  | { readonly starts: string }
  | { readonly ends: string };

/** Machines started from generated command lines, on devices that the helper moved. */
export interface VmStage extends HelperStage {
  readonly machines: Readonly<Record<string, GuestVm>>;
  readonly steps: readonly VmStep[];
  readonly kernels?: readonly string[];
}
