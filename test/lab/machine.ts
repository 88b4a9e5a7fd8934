/** The kinds of IOMMU that a laboratory machine may have. */
export type IommuKind = 'intel' | 'amd' | 'virtio' | 'smmuv3' | 'none' | 'powernv' | 'pseries';

/** One kind of emulated machine. */
export interface Machine {
  readonly program: string;
  readonly package: string;
  /** Debian's word for it. */
  readonly architecture: string;
  readonly args: readonly string[];
  /** Where parts without a part above them are plugged in. */
  readonly rootBus: string;
  /** Kernel arguments of every boot. */
  readonly commandLine: string;
  /** Serial line of the guest that carries the answers. */
  readonly line: string;
}

export const MACHINES = {
  q35: {
    program: 'qemu-system-x86_64',
    package: 'qemu-system-x86',
    architecture: 'amd64',
    args: ['-machine', 'q35', '-nodefaults', '-cpu', 'max', '-m', '512'],
    rootBus: 'pcie.0',
    // The clock options spare the emulator trouble; the others only time.
    commandLine: 'console=ttyS0 panic=-1 quiet tsc=reliable no_timer_check mitigations=off',
    line: '/dev/ttyS1',
  },
} as const satisfies Record<string, Machine>;

export type MachineKind = keyof typeof MACHINES;

/** What switches the IOMMU on. */
export const IOMMUS: Readonly<
  Record<IommuKind, { readonly args: readonly string[]; readonly commandLine: string }>
> = {
  intel: { args: ['-device', 'intel-iommu,intremap=off'], commandLine: 'intel_iommu=on' },
  amd: { args: ['-device', 'amd-iommu'], commandLine: '' },
  virtio: { args: ['-device', 'virtio-iommu-pci,addr=1e.0'], commandLine: '' },
  smmuv3: { args: [], commandLine: '' },
  powernv: { args: [], commandLine: '' },
  pseries: { args: [], commandLine: '' },
  none: { args: [], commandLine: '' },
};
