import type { PlacedVm } from '../../shared/placed-vm.ts';
import type { VmFile, VmNote } from '../../shared/vm-report.ts';
import type { HostCard } from './host-card.ts';

/** What a configuration is written with, beside the machine itself. */
export interface TargetOptions {
  /** Of the programs that will read it, `9.0.0`; left out where it is not known. */
  readonly libvirtVersion?: string;
  readonly qemuVersion?: string;
  /** All of it, or what makes an existing configuration have the devices. */
  readonly scope: 'whole' | 'fragment';
  /** How QEMU opens a device: by the group's node, or by the device's own and iommufd. */
  readonly vfio: 'group' | 'iommufd';
  /** What is at the addresses of the host, where it was read. */
  readonly cards?: readonly HostCard[];
}

/** What a generator gives. */
export interface Generated {
  /** The first one is the configuration itself. */
  readonly files: readonly VmFile[];
  readonly notes: readonly VmNote[];
  /** Parts of the model that the target cannot express. */
  readonly unsupported: readonly VmNote[];
}

/** Pure: writes a placed machine for one target. */
export type Generator = (vm: PlacedVm, options: TargetOptions) => Generated;
