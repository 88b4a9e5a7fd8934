import type { GuestAddress, HostDevice, PlacedVm, RootPort } from '../../../shared/placed-vm.ts';
import { option, type QemuOption, type QemuValues } from './options.ts';

/** Root ports; the guest's IOMMU, which must be there before the devices behind it. */
export function portsPart({ ports, viommu, cpu }: PlacedVm): readonly QemuOption[] {
  return [
    ...(viommu === 'intel'
      ? [
          option('device', 'intel-iommu', {
            intremap: true,
            'caching-mode': true,
            'aw-bits': cpu.addressBitsLimit,
          }),
        ]
      : []),
    ...ports.map(rootPort),
  ];
}

function rootPort({ index, chassis, at }: RootPort): QemuOption {
  return option('device', 'pcie-root-port', {
    id: `rp${index}`,
    chassis: chassis ?? index,
    ...placeOf(at, at?.function === 0),
  });
}

/** Bus and slot of a device: below a root port there is slot 0 only. */
export function placeOf(at: GuestAddress | undefined, isMultifunction = false): QemuValues {
  if (at === undefined) return {};
  return {
    bus: at.bus === 0 ? 'pcie.0' : `rp${at.bus}`,
    addr: `0x${at.slot.toString(16)}.0x${at.function}`,
    multifunction: isMultifunction ? true : undefined,
  };
}

/** Devices of the host, each opened through its group, or by itself through iommufd. */
export function hostDevicesPart(
  { hostDevices }: PlacedVm,
  isIommufd: boolean,
): readonly QemuOption[] {
  const iommufd = isIommufd && hostDevices.length > 0 ? 'iommufd0' : undefined;
  return [
    ...(iommufd === undefined ? [] : [option('object', 'iommufd', { id: iommufd })]),
    ...hostDevices.map((device, index) => {
      const needsCold = device.kind === 'mdev' && device.hasDisplay;
      return option('device', needsCold ? 'vfio-pci-nohotplug' : 'vfio-pci', {
        ...sourceOf(device),
        id: `hostdev${index}`,
        ...placeOf(device.at, device.kind === 'pci' && device.isMultifunction),
        ...romOf(device),
        bootindex: device.bootOrder,
        iommufd,
      });
    }),
  ];
}

function sourceOf(device: HostDevice): QemuValues {
  if (device.kind !== 'mdev') return { host: device.bdf };
  const display = device.hasDisplay ? true : undefined;
  return { sysfsdev: `/sys/bus/mdev/devices/${device.uuid}`, display, ramfb: display };
}

function romOf(device: HostDevice): QemuValues {
  if (device.kind !== 'pci') return {};
  const { rom } = device;
  switch (rom.kind) {
    case 'device':
      return {};
    case 'file':
      return { romfile: rom.path };
    case 'hidden':
      return { rombar: 0 };
  }
}
