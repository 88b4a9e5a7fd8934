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
  /** Whether a second serial line carries the answers; otherwise they are printed on the console. */
  readonly hasSecondLine: boolean;
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
    hasSecondLine: true,
  },
  virt: {
    program: 'qemu-system-aarch64',
    package: 'qemu-system-arm',
    architecture: 'arm64',
    args: ['-nodefaults', '-cpu', 'cortex-a57', '-m', '768'],
    rootBus: 'pcie.0',
    commandLine: 'console=ttyAMA0 panic=-1 quiet LAB_LINE=console',
    hasSecondLine: false,
  },
  powernv: {
    program: 'qemu-system-ppc64',
    package: 'qemu-system-ppc',
    architecture: 'ppc64el',
    // Without its defaults the machine has no host bridges.
    args: ['-machine', 'powernv9', '-nic', 'none', '-m', '2G'],
    rootBus: 'pcie.0',
    commandLine: 'console=hvc0 panic=-1 quiet LAB_LINE=console',
    hasSecondLine: false,
  },
  pseries: {
    program: 'qemu-system-ppc64',
    package: 'qemu-system-ppc',
    architecture: 'ppc64el',
    args: ['-machine', 'pseries', '-nodefaults', '-m', '2G'],
    rootBus: 'pci.0',
    commandLine: 'console=hvc0 panic=-1 quiet LAB_LINE=console',
    hasSecondLine: false,
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
  smmuv3: { args: ['-machine', 'virt,iommu=smmuv3'], commandLine: '' },
  powernv: { args: [], commandLine: '' },
  pseries: { args: [], commandLine: '' },
  none: { args: [], commandLine: '' },
};

/** Without remapped interrupts VFIO refuses an Intel IOMMU, whatever the group. */
export const INTERRUPT_REMAPPING = [
  '-machine',
  'kernel-irqchip=split',
  '-device',
  'intel-iommu,intremap=on',
] as const;
