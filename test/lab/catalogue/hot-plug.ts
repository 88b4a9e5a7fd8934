import { bridge, leaf } from '../part.ts';
import type { Topology } from '../topology.ts';

/** Devices that come and go while the kernel runs. `monitor` speaks to the emulator. */
export const hotPlugTopologies: readonly Topology[] = [
  {
    name: 'hot-plugged-card',
    shows: 'A card plugged into a running machine, below a port with ACS',
    iommu: 'intel',
    parts: [bridge('pcie-root-port', '3.0', []), bridge('pcie-root-port', '4.0', [leaf('e1000e')])],
    guest: {
      before:
        'monitor device_add e1000e,bus=part1,id=late,romfile=\nwait_for 20 test -e /sys/bus/pci/devices/0000:01:00.0/iommu_group',
    },
  },
  {
    name: 'hot-plugged-card-no-acs',
    shows: 'A card plugged in below a port without ACS joins its group',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [], { 'disable-acs': 'on' }),
      bridge('pcie-root-port', '4.0', [leaf('e1000e')]),
    ],
    guest: {
      before:
        'monitor device_add e1000e,bus=part1,id=late,romfile=\nwait_for 20 test -e /sys/bus/pci/devices/0000:01:00.0/iommu_group',
    },
  },
  {
    name: 'removed-and-found-again',
    shows: 'A card that the kernel forgot and found again',
    iommu: 'intel',
    parts: [bridge('pcie-root-port', '3.0', [leaf('e1000e')])],
    guest: {
      before:
        'echo 1 >/sys/bus/pci/devices/0000:01:00.0/remove\necho 1 >/sys/bus/pci/rescan\nwait_for 20 test -e /sys/bus/pci/devices/0000:01:00.0/iommu_group',
    },
  },
];
