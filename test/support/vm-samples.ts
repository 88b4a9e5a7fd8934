import { findHostCards } from '../../main/vmconfig/host-card.ts';
import type { Generated, TargetOptions } from '../../main/vmconfig/generator.ts';
import { TARGETS } from '../../main/vmconfig/targets.ts';
import type { PlacedVm } from '../../shared/placed-vm.ts';
import type { VmWishInput } from '../../shared/vm.ts';
import type { VmTarget } from '../../shared/vm-report.ts';
import { place, pci, vmHost } from './vm-host.ts';

/** Machines that people make, on the host of `vm-host.ts`. */
export const SAMPLE_WISHES = {
  'windows-looking-glass': {
    name: 'win11',
    guest: 'windows-11',
    cpus: 6,
    memoryMib: 16384,
    pages: '2M',
    devices: [{ kind: 'pci', bdf: '01:00.0', romFile: '/usr/share/kvm/card.rom' }],
    disks: [
      { path: '/var/lib/libvirt/images/win11.qcow2' },
      { path: '/var/lib/libvirt/images/win11.iso', device: 'cdrom' },
    ],
    networks: [{ kind: 'network', mac: '52:54:00:12:34:56' }],
    display: { kind: 'looking-glass', width: 2560, height: 1440 },
    input: { kind: 'evdev', keyboard: '/dev/input/by-id/usb-board-event-kbd' },
  },
  'linux-compute': {
    name: 'compute',
    guest: 'linux',
    cpus: 4,
    pages: '1G',
    viommu: 'intel',
    devices: pci('01:00.0'),
    disks: [{ path: '/dev/vg0/compute', format: 'raw' }],
    networks: [{ kind: 'bridge', name: 'br0' }],
  },
  'nvme-usb-vf': {
    name: "it's <mixed> & odd",
    guest: 'windows-10',
    isPinned: false,
    isManaged: false,
    isHypervisorHidden: true,
    devices: [
      { kind: 'pci', bdf: '02:00.0', bootOrder: 1, isRomHidden: true },
      { kind: 'pci', bdf: '03:00.0' },
      { kind: 'vf', bdf: '04:01.0', mac: '52:54:00:00:00:01', vlan: 42 },
    ],
    networks: [{ kind: 'user' }],
    display: { kind: 'vnc' },
  },
} as const satisfies Record<string, Partial<VmWishInput>>;

export type SampleName = keyof typeof SAMPLE_WISHES;
export const SAMPLE_NAMES = Object.keys(SAMPLE_WISHES) as readonly SampleName[];

export function sampleVm(name: SampleName): PlacedVm {
  return place(SAMPLE_WISHES[name]).vm;
}

/** What a target makes of a machine, as for libvirt 9.0 and QEMU 7.2. */
export function generate(
  target: VmTarget,
  vm: PlacedVm,
  options: Partial<TargetOptions> = {},
): Generated {
  return TARGETS[target](vm, {
    scope: 'whole',
    vfio: 'group',
    libvirtVersion: '9.0.0',
    qemuVersion: '7.2.22',
    cards: findHostCards(vm, vmHost().context),
    ...options,
  });
}
