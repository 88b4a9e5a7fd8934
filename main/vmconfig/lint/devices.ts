import type { HostDevice, PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmFinding } from '../../../shared/vm-report.ts';
import { repeated, vmFinding } from './vm-finding.ts';

/** What a device of the host is called in a configuration. */
export function deviceName(device: HostDevice): string {
  return device.kind === 'mdev' ? device.uuid : device.bdf;
}

export function findRepeatedDevices({ hostDevices }: PlacedVm): readonly VmFinding[] {
  return repeated(hostDevices, deviceName).flatMap((index) => {
    const device = hostDevices[index];
    return device === undefined
      ? []
      : [
          vmFinding('device-twice', 'stop', {
            path: `hostDevices[${index}]`,
            text: `${deviceName(device)} is there twice: QEMU opens a device once.`,
            remedy: 'Remove one of the two.',
          }),
        ];
  });
}

/** A VM whose devices are bound in two ways ends with one of them in the wrong place. */
export function findMixedBinding({ hostDevices }: PlacedVm): readonly VmFinding[] {
  const managed = hostDevices.flatMap((device) =>
    device.kind === 'mdev' || device.isManaged === undefined ? [] : [device.isManaged],
  );
  if (new Set(managed).size < 2) return [];
  return [
    vmFinding('managed-mixed', 'risk', {
      path: 'hostDevices',
      text: 'Some devices are managed by libvirt and some are not: the ones go back to host drivers when the VM ends, the others stay with VFIO.',
      remedy:
        'Choose one way for all: unmanaged where VFIO has them from the boot on, managed otherwise.',
    }),
  ];
}

/** VFIO pins all memory of the guest, so that a balloon frees nothing. @see Linux drivers/vfio */
export function findBalloon({ hasBalloon, hostDevices }: PlacedVm): readonly VmFinding[] {
  if (!hasBalloon || hostDevices.length === 0) return [];
  return [
    vmFinding('balloon-with-vfio', 'risk', {
      path: 'hasBalloon',
      text: 'The memory of a VM with devices of the host is pinned: a balloon gives none back, and costs latency while it tries.',
      remedy: "Switch the balloon off: model='none' in libvirt.",
    }),
  ];
}

/** Paths that QEMU would look for beside wherever it was started. */
export function findRelativeRoms({ hostDevices }: PlacedVm): readonly VmFinding[] {
  return hostDevices.flatMap((device, index) => {
    if (device.kind !== 'pci' || device.rom.kind !== 'file') return [];
    if (device.rom.path.startsWith('/')) return [];
    return [
      vmFinding('rom-path-relative', 'stop', {
        path: `hostDevices[${index}].rom.path`,
        text: `The ROM file ${device.rom.path} has no absolute path.`,
        remedy: 'Name it from the root on, where QEMU may read it.',
      }),
    ];
  });
}

export function findSharedBootOrder(vm: PlacedVm): readonly VmFinding[] {
  const entries = [
    ...vm.hostDevices.map(({ bootOrder }, index) => ({ path: `hostDevices[${index}]`, bootOrder })),
    ...vm.disks.map(({ bootOrder }, index) => ({ path: `disks[${index}]`, bootOrder })),
  ];
  return repeated(entries, ({ bootOrder }) => bootOrder?.toString()).map((index) =>
    vmFinding('boot-order-twice', 'stop', {
      path: `${entries[index]?.path ?? ''}.bootOrder`,
      text: `Two devices are number ${entries[index]?.bootOrder} in the boot order: the tools refuse that.`,
      remedy: 'Number them one by one.',
    }),
  );
}

/** Bit 0 of the first byte means a group of receivers, which no interface is. */
export function findWrongMacs(vm: PlacedVm): readonly VmFinding[] {
  const entries = [
    ...vm.networks.map(({ mac }, index) => ({ path: `networks[${index}].mac`, mac })),
    ...vm.hostDevices.map((device, index) => ({
      path: `hostDevices[${index}].mac`,
      mac: device.kind === 'vf' ? device.mac : undefined,
    })),
  ];
  const isGroup = ({ mac = '' }) => (parseInt(mac.slice(0, 2), 16) & 1) === 1;
  return [
    ...entries.filter(isGroup).map(({ path, mac }) =>
      vmFinding('mac-multicast', 'stop', {
        path,
        text: `${mac} is the address of a group, not of one interface.`,
        remedy: 'Make the first byte even: 52:54:00 is what QEMU uses.',
      }),
    ),
    ...repeated(entries, ({ mac }) => mac).map((index) =>
      vmFinding('mac-twice', 'risk', {
        path: entries[index]?.path ?? '',
        text: `Two interfaces have the address ${entries[index]?.mac}.`,
        remedy: 'Give each interface an address of its own.',
      }),
    ),
  ];
}

/** A guest that nobody sees, or nobody can type to. */
export function findMissingSeat(vm: PlacedVm): readonly VmFinding[] {
  const { hostDevices, display, evdev } = vm;
  const hasGpu = hostDevices.some(
    (device) => device.kind === 'mdev' || (device.kind === 'pci' && device.role === 'gpu'),
  );
  const hasUsb = hostDevices.some(
    (device) => device.kind === 'pci' && device.role === 'usb-controller',
  );
  const needsGpu = display === 'gpu' || display === 'looking-glass';
  return [
    ...(needsGpu && !hasGpu
      ? [
          vmFinding('no-screen', 'risk', {
            path: 'display',
            text: 'The picture is to come from a graphics card of the host, and the VM has none.',
            remedy: 'Give it one, or choose SPICE or VNC.',
          }),
        ]
      : []),
    ...(display === 'gpu' && hasGpu && !hasUsb && evdev.length === 0
      ? [
          vmFinding('no-input', 'note', {
            path: 'evdev',
            text: 'Nothing types into the guest: it has no USB controller of the host and no input device.',
            remedy:
              'Give it a USB controller, or a keyboard and mouse by evdev; a network will do for a server.',
          }),
        ]
      : []),
  ];
}

/** SPICE or VNC shows the picture of a mediated device. @see libvirt src/qemu/qemu_validate.c */
export function findUnseenPictures({ hostDevices, display }: PlacedVm): readonly VmFinding[] {
  if (display !== 'gpu') return [];
  return hostDevices.flatMap((device, index) =>
    device.kind === 'mdev' && device.hasDisplay
      ? [
          vmFinding('picture-unseen', 'stop', {
            path: `hostDevices[${index}].hasDisplay`,
            text: `The mediated device ${device.uuid} has a picture that nothing shows: libvirt refuses that.`,
            remedy: 'Choose SPICE or VNC, or leave the picture out.',
          }),
        ]
      : [],
  );
}

/** libvirt refuses slashes and line ends in names. @see libvirt src/util/virxml.c, `virXMLCheckIllegalChars()` */
export function findWrongNames({ name }: PlacedVm): readonly VmFinding[] {
  return /[\n/]/.test(name)
    ? [
        vmFinding('name-refused', 'stop', {
          path: 'name',
          text: 'libvirt takes no name with a slash or a line end.',
          remedy: 'Choose a name of one line without slashes.',
        }),
      ]
    : [];
}
