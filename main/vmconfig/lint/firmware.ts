import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmFinding } from '../../../shared/vm-report.ts';
import { vmFinding } from './vm-finding.ts';

export function findFirmwareTrouble({ firmware, guest }: PlacedVm): readonly VmFinding[] {
  if (firmware.kind === 'efi' && firmware.isSecure === undefined) {
    return [
      vmFinding('secure-boot-undecided', 'risk', {
        path: 'firmware.isSecure',
        text: 'Whether secure boot is enforced is not said: libvirt takes the first firmware that fits, on Debian 12 one that enforces it and refuses unsigned drivers.',
        remedy: 'State both features, secure-boot and enrolled-keys, as yes or as no.',
      }),
    ];
  }
  if (guest === 'linux' && firmware.isSecure === true) {
    return [
      vmFinding('secure-boot-linux', 'note', {
        path: 'firmware.isSecure',
        text: 'With secure boot a Linux guest refuses unsigned modules: drivers built on the guest, such as NVIDIA’s by DKMS, are unsigned unless a key was enrolled.',
        remedy: 'Enrol a key in the guest, or switch secure boot off.',
      }),
    ];
  }
  return [];
}

/** @see Microsoft, "Windows 11 specs and system requirements" */
export function findWindows11Gaps({ guest, firmware, tpm }: PlacedVm): readonly VmFinding[] {
  if (guest !== 'windows-11') return [];
  return [
    ...(firmware.kind === 'bios'
      ? [
          vmFinding('windows-11-bios', 'stop', {
            path: 'firmware.kind',
            text: 'Windows 11 does not install with a BIOS.',
            remedy: 'Choose EFI firmware.',
          }),
        ]
      : []),
    ...(tpm === undefined
      ? [
          vmFinding('windows-11-tpm', 'risk', {
            path: 'tpm',
            text: 'The installer of Windows 11 asks for a TPM 2.0, and the VM has none.',
            remedy: 'Add an emulated TPM; the host needs swtpm.',
          }),
        ]
      : []),
  ];
}

/** i440FX has conventional PCI only. */
export function findOldMachine({ machine, hostDevices }: PlacedVm): readonly VmFinding[] {
  const index = hostDevices.findIndex((device) => device.kind === 'pci');
  if (machine !== 'pc' || index < 0) return [];
  return [
    vmFinding('machine-without-pcie', 'risk', {
      path: 'machine',
      text: 'The machine pc (i440FX) has no PCI Express: the guest sees the devices as conventional ones, and extended configuration space is missing.',
      remedy:
        'Use the machine q35 for a new guest; an installed Windows may have to be repaired after the change.',
    }),
  ];
}

export function findViommuTrouble({
  viommu,
  machine,
  hostDevices,
}: PlacedVm): readonly VmFinding[] {
  if (viommu === undefined) return [];
  const right = viommu === 'intel' ? 'q35' : 'virt';
  if (machine !== right) {
    return [
      vmFinding('viommu-of-other-machine', 'stop', {
        path: 'viommu',
        text: `The machine ${machine} cannot have the IOMMU ${viommu}.`,
        remedy: `Use it on the machine ${right} only.`,
      }),
    ];
  }
  if (viommu === 'intel' || hostDevices.length === 0) return [];
  return [
    vmFinding('smmuv3-with-vfio', 'risk', {
      path: 'viommu',
      text: "QEMU's SMMUv3 does not tell VFIO what the guest maps: devices of the host do not work behind it, unless QEMU and the host's kernel can nest the two.",
      remedy: 'Leave the IOMMU of the guest out.',
    }),
  ];
}

/** @see QEMU hw/misc/ivshmem.c: a BAR has a size that is a power of two */
export function findWrongMemory({ memory, sharedMemory }: PlacedVm): readonly VmFinding[] {
  const { mib, pageKib } = memory;
  return [
    ...(sharedMemory !== undefined && !Number.isInteger(Math.log2(sharedMemory.sizeMib))
      ? [
          vmFinding('shared-memory-size', 'stop', {
            path: 'sharedMemory.sizeMib',
            text: `${sharedMemory.sizeMib} MiB of shared memory is no power of two: QEMU aborts.`,
            remedy: `Use ${2 ** Math.ceil(Math.log2(sharedMemory.sizeMib))} MiB.`,
          }),
        ]
      : []),
    ...(pageKib !== undefined && (mib * 1024) % pageKib !== 0
      ? [
          vmFinding('memory-in-part-pages', 'stop', {
            path: 'memory.mib',
            text: `${mib} MiB are no whole number of pages of ${pageKib} KiB.`,
            remedy: 'Round the memory to whole pages.',
          }),
        ]
      : []),
  ];
}
