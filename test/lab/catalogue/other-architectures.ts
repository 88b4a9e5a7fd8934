import { bridge, functions, leaf, type Part } from '../part.ts';
import type { Topology } from '../topology.ts';

/** With a device tree a function gets its group when a driver asks for it: one that asks for all. */
const CLAIM_ALL = 'load vfio-pci vfio_iommu_type1\nclaim_all';

const ARM_PARTS: readonly Part[] = [
  ...functions('4', [
    bridge('pcie-root-port', undefined, functions('0', [leaf('nec-usb-xhci'), leaf('qemu-xhci')])),
    bridge('pcie-root-port', undefined, [leaf('e1000e')]),
  ]),
  bridge('pcie-root-port', '5.0', [leaf('nec-usb-xhci')], { 'disable-acs': 'on' }),
  ...functions('6', [leaf('qemu-xhci'), leaf('nec-usb-xhci')]),
];

/** POWER's host bridges are buses of their own, each one PCI domain. */
const onBus = (bus: string, part: Part, at = '0.0'): Part => ({
  ...part,
  at,
  options: { ...part.options, bus },
});

/** The other group providers, where an emulator has them. */
export const otherArchitectureTopologies: readonly Topology[] = [
  {
    name: 'arm-smmuv3',
    shows: 'An SMMUv3: ports and cards with and without ACS',
    machine: 'virt',
    iommu: 'smmuv3',
    parts: ARM_PARTS,
    guest: { modules: ['vfio-pci', 'vfio_iommu_type1'], before: CLAIM_ALL },
  },
  {
    name: 'arm-smmuv3-switch',
    shows: 'An SMMUv3: a switch, a conventional bridge and a second host bridge',
    machine: 'virt',
    iommu: 'smmuv3',
    parts: [
      bridge('ioh3420', '4.0', [
        bridge('x3130-upstream', '0.0', [
          bridge('xio3130-downstream', '1.0', [leaf('nec-usb-xhci')]),
          bridge('xio3130-downstream', '2.0', [leaf('e1000e')]),
        ]),
      ]),
      bridge('i82801b11-bridge', '8.0', [leaf('edu', '3.0')]),
      bridge('pxb-pcie', '9.0', [bridge('pcie-root-port', '0.0', [leaf('e1000e')])], {
        bus_nr: '64',
      }),
    ],
    guest: { modules: ['vfio-pci', 'vfio_iommu_type1'], before: CLAIM_ALL },
  },
  {
    name: 'arm-no-iommu',
    shows: 'An ARM machine without an IOMMU',
    machine: 'virt',
    iommu: 'none',
    iommuArgs: ['-machine', 'virt'],
    parts: ARM_PARTS,
  },
  {
    name: 'powernv',
    shows: 'POWER on bare metal: a partitionable endpoint is a group, bridges are in none',
    machine: 'powernv',
    iommu: 'powernv',
    parts: [
      onBus(
        'pcie.0',
        bridge('pcie-pci-bridge', undefined, [leaf('edu', '1'), leaf('pvpanic-pci', '2')]),
      ),
      onBus('pcie.1', leaf('nec-usb-xhci', undefined, { multifunction: 'on' })),
      onBus('pcie.1', leaf('qemu-xhci'), '0.1'),
      onBus(
        'pcie.2',
        bridge('x3130-upstream', undefined, [
          bridge('xio3130-downstream', '0.0', [leaf('qemu-xhci')]),
          bridge('xio3130-downstream', '1.0', [leaf('nec-usb-xhci')]),
        ]),
      ),
    ],
  },
  {
    name: 'pseries',
    shows: 'POWER in a logical partition: each host bridge is a group, bridges included',
    machine: 'pseries',
    iommu: 'pseries',
    args: ['-device', 'spapr-pci-host-bridge,index=1,id=second'],
    parts: [
      onBus('second.0', leaf('nec-usb-xhci'), '1.0'),
      onBus('second.0', leaf('qemu-xhci'), '2.0'),
      bridge('pci-bridge', '7.0', [leaf('edu', '1')]),
      leaf('e1000e', '3.0'),
    ],
  },
];
