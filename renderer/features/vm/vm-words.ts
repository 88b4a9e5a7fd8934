import type { Guest } from '../../../shared/vm.ts';
import type { FormDisk, FormNetwork, VmForm } from './vm-form.ts';

export const GUEST_WORDS: Readonly<Record<Guest, string>> = {
  'windows-11': 'Windows 11',
  'windows-10': 'Windows 10',
  linux: 'Linux',
  other: 'Something else',
};

export const DISPLAY_WORDS: Readonly<Record<VmForm['display'], string>> = {
  gpu: 'The graphics card alone',
  'looking-glass': 'Looking Glass, in a window of the host',
  spice: 'SPICE',
  vnc: 'VNC',
};

/** What each kind of screen means. */
export const DISPLAY_TEXTS: Readonly<Record<VmForm['display'], string>> = {
  gpu: 'The picture comes out of the card: a monitor hangs on it. There is no emulated screen.',
  'looking-glass':
    'The host shows the picture of the card through shared memory. The card needs a monitor or a dummy plug.',
  spice: 'An emulated screen for virt-viewer, beside the card.',
  vnc: 'An emulated screen for any VNC viewer, on this host only.',
};

export const INPUT_WORDS: Readonly<Record<VmForm['input'], string>> = {
  none: 'From the screen, or a USB controller below',
  evdev: 'Keyboard and mouse of the host, by evdev',
};

export const FIRMWARE_WORDS: Readonly<Record<VmForm['firmware'], string>> = {
  auto: 'By the guest',
  'efi-secure': 'EFI with secure boot',
  efi: 'EFI without secure boot',
  bios: 'BIOS',
};

export const TPM_WORDS: Readonly<Record<VmForm['tpm'], string>> = {
  auto: 'By the guest',
  yes: 'TPM 2.0, emulated',
  no: 'None',
};

export const PAGES_WORDS: Readonly<Record<VmForm['pages'], string>> = {
  auto: 'What the host has reserved',
  '4K': 'Ordinary, 4 KiB',
  '2M': 'Hugepages of 2 MiB',
  '1G': 'Hugepages of 1 GiB',
};

export const VIOMMU_WORDS: Readonly<Record<VmForm['viommu'], string>> = {
  none: 'None',
  intel: 'Intel, for guests that pass devices on',
  smmuv3: 'SMMUv3, for ARM',
};

export const MANAGED_WORDS: Readonly<Record<VmForm['managed'], string>> = {
  auto: 'Unless VFIO has the devices already',
  yes: 'Always, and back when the VM ends',
  no: 'Never: VFIO has them',
};

export const DISK_WORDS: Readonly<Record<FormDisk['device'], string>> = {
  disk: 'Disk',
  cdrom: 'CD to install from',
};

export const FORMAT_WORDS: Readonly<Record<FormDisk['format'], string>> = {
  qcow2: 'qcow2',
  raw: 'raw, or a device',
};

export const NETWORK_WORDS: Readonly<Record<FormNetwork['kind'], string>> = {
  network: "One of libvirt's networks",
  bridge: 'A bridge of the host',
  user: 'Behind QEMU, needs nothing',
};
