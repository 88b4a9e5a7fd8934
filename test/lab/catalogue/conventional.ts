import { bridge, functions, leaf } from '../part.ts';
import type { Topology } from '../topology.ts';

/** Bridges between PCI Express and conventional PCI, and what is behind them. */
export const conventionalTopologies: readonly Topology[] = [
  {
    name: 'pcie-pci-bridge',
    shows: 'All behind a PCIe-to-PCI bridge shares a group with it',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [
        bridge('pcie-pci-bridge', '0.0', [leaf('rtl8139', '1.0'), leaf('e1000', '2.0')]),
      ]),
    ],
    smoke: ['7.3'],
  },
  {
    name: 'pcie-pci-bridge-on-root-bus',
    shows: 'A PCIe-to-PCI bridge on the root bus',
    iommu: 'intel',
    parts: [bridge('pcie-pci-bridge', '3.0', [leaf('rtl8139', '1.0'), leaf('e1000', '2.0')])],
  },
  {
    name: 'pcie-pci-bridge-no-acs-port',
    shows: 'The same below a port without ACS',
    iommu: 'intel',
    parts: [
      bridge(
        'pcie-root-port',
        '3.0',
        [bridge('pcie-pci-bridge', '0.0', [leaf('rtl8139', '1.0')])],
        { 'disable-acs': 'on' },
      ),
    ],
  },
  {
    name: 'dmi-pci-bridge',
    shows: 'The conventional bridge of an Intel chipset',
    iommu: 'intel',
    parts: [
      bridge('i82801b11-bridge', '1e.0', [
        leaf('rtl8139', '1.0'),
        ...functions('2', [leaf('e1000'), leaf('lsi')]),
      ]),
    ],
  },
  {
    name: 'conventional-nested',
    shows: 'Conventional bridges below a PCIe-to-PCI bridge',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [
        bridge('pcie-pci-bridge', '0.0', [
          bridge('pci-bridge', '1.0', [
            leaf('rtl8139', '1.0'),
            bridge('pci-bridge', '2.0', [leaf('e1000', '1.0')]),
          ]),
          leaf('lsi', '2.0'),
        ]),
      ]),
    ],
    smoke: ['6.1'],
  },
  {
    name: 'conventional-on-root-bus-nested',
    shows: 'Conventional bridges on the root bus, one behind the other',
    iommu: 'intel',
    parts: [
      bridge('pci-bridge', '3.0', [
        leaf('rtl8139', '1.0'),
        bridge('pci-bridge', '2.0', [leaf('e1000', '3.0')]),
      ]),
      bridge('pci-bridge', '4.0', [leaf('rtl8139', '1.0')]),
    ],
  },
  {
    name: 'conventional-slots-behind-bridge',
    shows: 'Multifunction cards behind a conventional bridge',
    iommu: 'intel',
    parts: [
      bridge('pci-bridge', '3.0', [
        ...functions('1', [leaf('rtl8139'), leaf('e1000')]),
        ...functions('2', [leaf('lsi'), leaf('rtl8139')]),
      ]),
    ],
  },
  {
    name: 'conventional-below-root-port',
    shows: 'A conventional bridge directly below a root port',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [bridge('pci-bridge', '0.0', [leaf('rtl8139', '1.0')])]),
    ],
  },
  {
    name: 'conventional-below-switch',
    shows: 'A PCIe-to-PCI bridge below a switch, a card beside it',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [
        bridge('x3130-upstream', '0.0', [
          bridge('xio3130-downstream', '0.0', [
            bridge('pcie-pci-bridge', '0.0', [leaf('rtl8139', '1.0'), leaf('e1000', '3.0')]),
          ]),
          bridge('xio3130-downstream', '1.0', [leaf('e1000e')]),
        ]),
      ]),
    ],
  },
  {
    name: 'pcie-card-behind-conventional-bridge',
    shows: 'A PCI Express card behind a conventional bridge',
    iommu: 'intel',
    parts: [bridge('pcie-pci-bridge', '3.0', [leaf('e1000e', '1.0'), leaf('qemu-xhci', '2.0')])],
  },
  {
    name: 'amd-conventional',
    shows: 'Conventional bridges with AMD-Vi',
    iommu: 'amd',
    parts: [
      bridge('pcie-root-port', '3.0', [
        bridge('pcie-pci-bridge', '0.0', [
          leaf('rtl8139', '1.0'),
          bridge('pci-bridge', '2.0', [leaf('e1000', '1.0')]),
        ]),
      ]),
      bridge('pci-bridge', '4.0', [leaf('rtl8139', '1.0'), leaf('lsi', '2.0')]),
    ],
  },
];
