import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { Failure, Result } from '../../../shared/result.ts';

/** What programs a configuration is for. */
export type VmFormat = 'libvirt' | 'qemu' | 'proxmox';

/** An existing configuration as a machine. */
export interface ParsedVm {
  readonly format: VmFormat;
  readonly vm: PlacedVm;
  /** What the model has no place for, by the configuration's own names. It stays as it is. */
  readonly left: readonly string[];
}

/** What the devices of a configuration are, apart from all else. */
export type MachineDevices = Pick<
  PlacedVm,
  | 'ports'
  | 'hostDevices'
  | 'disks'
  | 'networks'
  | 'usb'
  | 'tpm'
  | 'display'
  | 'evdev'
  | 'viommu'
  | 'hasBalloon'
  | 'sharedMemory'
> &
  Pick<ParsedVm, 'left'>;

export type ParseVmFailure = 'not-a-vm' | 'too-large';
export type ParseVmResult = Result<ParsedVm, Failure<ParseVmFailure>>;

/** Characters of a configuration that are read; large real ones have 30 000. */
export const MAX_VM_TEXT = 1024 * 1024;

/** A machine that says nothing yet. */
export const EMPTY_VM: PlacedVm = {
  name: 'vm',
  guest: 'other',
  architecture: 'x86_64',
  machine: 'pc',
  firmware: { kind: 'bios' },
  cpu: {
    count: 1,
    pins: [],
    emulatorCpus: [],
    ioThreads: [],
    isHostModel: false,
    hasTopoext: false,
    hasHostAddressBits: false,
  },
  memory: { mib: 128, nodes: [] },
  hyperv: [],
  isHypervisorHidden: false,
  ports: [],
  hostDevices: [],
  disks: [],
  networks: [],
  display: 'gpu',
  evdev: [],
  hasBalloon: false,
};
