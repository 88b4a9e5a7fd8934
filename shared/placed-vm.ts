import type { Bdf } from './bdf.ts';
import type { Guest } from './vm.ts';

/**
 * A virtual machine with every place decided: what all generators write, what parsers of existing
 * configurations give, and what the lint judges. Plain data; knows no host.
 *
 * An optional field that is left out means that the configuration does not say it: only parsers
 * leave out what `placeVm` always decides.
 */
export interface PlacedVm {
  readonly name: string;
  readonly guest: Guest;
  readonly architecture: GuestArchitecture;
  readonly machine: MachineType;
  readonly firmware: PlacedFirmware;
  readonly tpm?: 'tpm-crb' | 'tpm-tis';
  readonly cpu: PlacedCpu;
  readonly memory: PlacedMemory;
  /** Enlightenments, in the order of `HYPERV_FEATURES`; empty for guests that are not Windows. */
  readonly hyperv: readonly HypervFeature[];
  /** The guest is not told that it runs under KVM. */
  readonly isHypervisorHidden: boolean;
  readonly ports: readonly RootPort[];
  readonly hostDevices: readonly HostDevice[];
  readonly disks: readonly PlacedDisk[];
  readonly networks: readonly PlacedNetwork[];
  /** An emulated USB controller, where something of the guest hangs on it. */
  readonly usb?: { readonly at?: GuestAddress };
  readonly display: PlacedDisplay;
  readonly evdev: readonly EvdevInput[];
  readonly sharedMemory?: SharedMemory;
  readonly viommu?: Viommu;
  /** 64-bit window that the firmware is told to keep for BARs, where its own choice may be too small. */
  readonly mmio64Mib?: number;
  readonly hasBalloon: boolean;
}

export type GuestArchitecture = 'x86_64' | 'aarch64';

/** QEMU's machine, without its version: `pc` is i440FX, which has no PCI Express. */
export type MachineType = 'q35' | 'pc' | 'virt';

export interface PlacedFirmware {
  readonly kind: 'efi' | 'bios';
  /** EFI only; left out: whatever firmware the host lists first, which may enforce signatures. */
  readonly isSecure?: boolean;
}

/** Where a device is in the guest. */
export interface GuestAddress {
  /** 0 is the root bus; `n` is below the root port with that index. */
  readonly bus: number;
  readonly slot: number;
  readonly function: number;
}

/** One PCI Express root port on the root bus. */
export interface RootPort {
  /** Index of the controller, and number of the bus below. */
  readonly index: number;
  /** Unique for each port: QEMU refuses two with the same chassis and slot. */
  readonly chassis?: number;
  readonly at?: GuestAddress;
}

export interface PlacedCpu {
  readonly count: number;
  readonly topology?: CpuTopology;
  readonly pins: readonly CpuPin[];
  /** Host processors for QEMU's own threads; empty: anywhere. */
  readonly emulatorCpus: readonly number[];
  /** In order of their ids, which begin with 1. */
  readonly ioThreads: readonly { readonly cpus: readonly number[] }[];
  /** The guest's processor is the host's. */
  readonly isHostModel: boolean;
  /** AMD guests see threads of a core only with this feature. */
  readonly hasTopoext: boolean;
  /** The guest has the physical address width of the host. */
  readonly hasHostAddressBits: boolean;
  /** At most so many of it: IOMMUs that translate fewer bits than the processor has. */
  readonly addressBitsLimit?: number;
}

export interface CpuTopology {
  readonly sockets: number;
  readonly dies: number;
  readonly cores: number;
  readonly threads: number;
}

export interface CpuPin {
  readonly vcpu: number;
  readonly cpus: readonly number[];
}

export interface PlacedMemory {
  readonly mib: number;
  /** Size of a hugepage; left out: ordinary pages. */
  readonly pageKib?: number;
  /** Host nodes that all of it comes from; empty: any. */
  readonly nodes: readonly number[];
}

export const HYPERV_FEATURES = [
  'relaxed',
  'vapic',
  'spinlocks',
  'vpindex',
  'runtime',
  'synic',
  'stimer',
  'reset',
  'vendor_id',
  'frequencies',
  'reenlightenment',
  'tlbflush',
  'ipi',
  'avic',
] as const;
export type HypervFeature = (typeof HYPERV_FEATURES)[number];

export type HostDevice = PciHostDevice | VfHostDevice | MdevHostDevice;

/** What all devices of the host have in common. */
interface PlacedDevice {
  readonly at?: GuestAddress;
  readonly bootOrder?: number;
}

/** One function of the host. */
export interface PciHostDevice extends PlacedDevice {
  readonly kind: 'pci';
  readonly bdf: Bdf;
  readonly role: DeviceRole;
  /** Other functions follow in the same guest slot. */
  readonly isMultifunction: boolean;
  /** libvirt moves it to VFIO when the VM starts, and back to its driver when it ends. */
  readonly isManaged?: boolean;
  readonly rom: RomChoice;
  /** Kernel module of the VFIO driver made for it, where there is one. */
  readonly variantDriver?: string;
}

/** A virtual function as a network interface: MAC and VLAN are set through its physical function. */
export interface VfHostDevice extends PlacedDevice {
  readonly kind: 'vf';
  readonly bdf: Bdf;
  readonly isManaged?: boolean;
  readonly mac?: string;
  readonly vlan?: number;
  readonly variantDriver?: string;
}

/** A mediated device. */
export interface MdevHostDevice extends PlacedDevice {
  readonly kind: 'mdev';
  readonly uuid: string;
  readonly hasDisplay: boolean;
}

export type DeviceRole = 'gpu' | 'audio' | 'nvme' | 'usb-controller' | 'network' | 'other';

export type RomChoice =
  | { readonly kind: 'device' }
  /** Absolute path on the host. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'hidden' };

export interface PlacedDisk extends PlacedDevice {
  readonly path: string;
  readonly format: 'qcow2' | 'raw';
  readonly device: 'disk' | 'cdrom';
  readonly bus: 'virtio' | 'sata' | 'usb';
  /** Position on its bus: `vda` is 0 of virtio. */
  readonly unit: number;
  /** Number of the I/O thread, from 1. */
  readonly ioThread?: number;
}

export interface PlacedNetwork extends PlacedDevice {
  readonly kind: 'network' | 'bridge' | 'user';
  readonly name?: string;
  readonly mac?: string;
  readonly model: 'virtio' | 'e1000e';
}

/** Where the picture goes; `gpu` alone has no emulated screen. */
export type PlacedDisplay = 'gpu' | 'looking-glass' | 'spice' | 'vnc';

export interface EvdevInput {
  readonly path: string;
  readonly kind: 'keyboard' | 'mouse';
}

/** Memory that guest and host share, for Looking Glass. */
export interface SharedMemory {
  readonly name: string;
  readonly sizeMib: number;
  readonly backing: 'shm' | 'kvmfr';
}

export type Viommu = 'intel' | 'smmuv3';
