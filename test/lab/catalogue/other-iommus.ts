import { INTERRUPT_REMAPPING } from '../machine.ts';
import { bridge, functions, leaf } from '../part.ts';
import type { Topology } from '../topology.ts';

const PARTS = [
  bridge('pcie-root-port', '3.0', [leaf('e1000e')]),
  bridge('pcie-root-port', '4.0', functions('0', [leaf('nvme'), leaf('qemu-xhci')]), {
    'disable-acs': 'on',
  }),
  ...functions('5', [leaf('nec-usb-xhci'), leaf('e1000e')]),
  bridge('pcie-pci-bridge', '6.0', [leaf('rtl8139', '1.0')]),
];

/** IOMMUs beside those of Intel and AMD, and forms of these. */
export const otherIommuTopologies: readonly Topology[] = [
  {
    name: 'virtio-iommu',
    shows: 'An IOMMU that is a PCI function itself',
    iommu: 'virtio',
    // Behind a conventional bridge this driver gives up on the whole machine.
    parts: PARTS.filter(({ device }) => device !== 'pcie-pci-bridge'),
    guest: {
      modules: ['virtio-iommu'],
      before: 'load virtio-iommu\nwait_for 10 test -d /sys/kernel/iommu_groups/0',
    },
    kernels: ['6.12', '7.3'],
    smoke: ['7.3'],
  },
  {
    name: 'intel-interrupt-remapping',
    shows: 'Interrupt remapping changes no group',
    iommu: 'intel',
    iommuArgs: INTERRUPT_REMAPPING,
    parts: PARTS,
  },
  {
    name: 'intel-scalable-mode',
    shows: 'Caching mode, device IOTLB and 48 address bits change no group',
    iommu: 'intel',
    iommuArgs: ['-device', 'intel-iommu,intremap=off,caching-mode=on,device-iotlb=on,aw-bits=48'],
    parts: PARTS,
  },
  {
    name: 'amd-mixed',
    shows: 'All families in one machine, with AMD-Vi',
    iommu: 'amd',
    parts: [
      ...PARTS.filter(({ at }) => at !== '4.0'),
      bridge('pcie-root-port', '4.0', [leaf('e1000e')]),
    ],
  },
];
