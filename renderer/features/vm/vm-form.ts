import type { Guest } from '../../../shared/vm.ts';

/** What is typed and chosen of a machine: texts as they are in their fields, right or wrong. */
export interface VmForm {
  readonly name: string;
  readonly guest: Guest;
  readonly cpus: string;
  readonly memoryGib: string;
  readonly devices: readonly FormDevice[];
  readonly disks: readonly FormDisk[];
  readonly networks: readonly FormNetwork[];
  readonly display: (typeof FORM_CHOICES)['display'][number];
  readonly screenWidth: string;
  readonly screenHeight: string;
  readonly isHdr: boolean;
  readonly hasKvmfr: boolean;
  readonly input: (typeof FORM_CHOICES)['input'][number];
  readonly keyboard: string;
  readonly mouse: string;
  readonly firmware: (typeof FORM_CHOICES)['firmware'][number];
  readonly tpm: (typeof FORM_CHOICES)['tpm'][number];
  readonly isPinned: boolean;
  readonly pages: (typeof FORM_CHOICES)['pages'][number];
  readonly viommu: (typeof FORM_CHOICES)['viommu'][number];
  readonly managed: (typeof FORM_CHOICES)['managed'][number];
  readonly isHypervisorHidden: boolean;
  readonly hasIommufd: boolean;
  readonly isFragment: boolean;
  readonly libvirtVersion: string;
  readonly qemuVersion: string;
}

/** One device of the host; a virtual function of a network card has its own address and VLAN. */
export interface FormDevice {
  readonly bdf: string;
  readonly isVf: boolean;
  readonly isWholeCard: boolean;
  readonly romFile: string;
  readonly isRomHidden: boolean;
  readonly bootOrder: string;
  readonly mac: string;
  readonly vlan: string;
}

export interface FormDisk {
  readonly path: string;
  readonly format: 'qcow2' | 'raw';
  readonly device: 'disk' | 'cdrom';
}

export interface FormNetwork {
  readonly kind: 'network' | 'bridge' | 'user';
  readonly name: string;
  readonly mac: string;
}

/** Fields with a choice, and what can be chosen: `auto` follows the guest or the host. */
export const FORM_CHOICES = {
  guest: ['windows-11', 'windows-10', 'linux', 'other'],
  display: ['gpu', 'looking-glass', 'spice', 'vnc'],
  input: ['none', 'evdev'],
  firmware: ['auto', 'efi-secure', 'efi', 'bios'],
  tpm: ['auto', 'yes', 'no'],
  pages: ['auto', '4K', '2M', '1G'],
  viommu: ['none', 'intel', 'smmuv3'],
  managed: ['auto', 'yes', 'no'],
} as const;

export const NEW_DEVICE: FormDevice = {
  bdf: '',
  isVf: false,
  isWholeCard: true,
  romFile: '',
  isRomHidden: false,
  bootOrder: '',
  mac: '',
  vlan: '',
};

/** An empty path is that of libvirt's images, by the name of the machine. */
export const NEW_DISK: FormDisk = { path: '', format: 'qcow2', device: 'disk' };
export const NEW_NETWORK: FormNetwork = { kind: 'network', name: '', mac: '' };

export const NEW_FORM: VmForm = {
  name: '',
  guest: 'windows-11',
  cpus: '8',
  memoryGib: '16',
  devices: [],
  disks: [NEW_DISK],
  networks: [NEW_NETWORK],
  display: 'gpu',
  screenWidth: '1920',
  screenHeight: '1080',
  isHdr: false,
  hasKvmfr: false,
  input: 'none',
  keyboard: '',
  mouse: '',
  firmware: 'auto',
  tpm: 'auto',
  isPinned: true,
  pages: 'auto',
  viommu: 'none',
  managed: 'auto',
  isHypervisorHidden: false,
  hasIommufd: false,
  isFragment: false,
  libvirtVersion: '',
  qemuVersion: '',
};

const NAMES: Readonly<Record<Guest, string>> = {
  'windows-11': 'win11',
  'windows-10': 'win10',
  linux: 'linux',
  other: 'vm',
};

/** What the machine is called: as typed, or by its guest. */
export function nameOfForm({ name, guest }: VmForm): string {
  return name === '' ? NAMES[guest] : name;
}

/** Where an image lies that has no path of its own. */
export function usualPath(form: VmForm, { format, device }: FormDisk): string {
  const ending = device === 'cdrom' ? 'iso' : format;
  return `/var/lib/libvirt/images/${nameOfForm(form)}.${ending}`;
}
