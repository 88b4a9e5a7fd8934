import { bridge, functions, leaf } from '../part.ts';
import type { Topology } from '../topology.ts';

/** More than one host bridge, and devices that the IOMMU does not cover. */
export const hostBridgeTopologies: readonly Topology[] = [
  {
    name: 'two-host-bridges',
    shows: 'Ports below a second host bridge',
    iommu: 'intel',
    parts: [
      leaf('e1000e', '3.0'),
      bridge(
        'pxb-pcie',
        '4.0',
        [
          bridge('pcie-root-port', '0.0', [leaf('e1000e')]),
          bridge('pcie-root-port', '1.0', functions('0', [leaf('nvme'), leaf('qemu-xhci')]), {
            'disable-acs': 'on',
          }),
        ],
        { bus_nr: '64' },
      ),
    ],
  },
  {
    name: 'three-host-bridges',
    shows: 'Slots of ports below three host bridges',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [leaf('e1000e')]),
      bridge(
        'pxb-pcie',
        '4.0',
        [
          ...functions('0', [
            bridge('pcie-root-port', undefined, [leaf('e1000e')], { 'disable-acs': 'on' }),
            bridge('pcie-root-port', undefined, [leaf('qemu-xhci')], { 'disable-acs': 'on' }),
          ]),
        ],
        { bus_nr: '64' },
      ),
      bridge(
        'pxb-pcie',
        '5.0',
        [
          bridge('pcie-root-port', '2.0', [
            bridge('x3130-upstream', '0.0', [bridge('xio3130-downstream', '0.0', [leaf('nvme')])]),
          ]),
        ],
        { bus_nr: '128' },
      ),
    ],
  },
  {
    name: 'outside-the-iommu',
    shows: 'Behind a host bridge that bypasses the IOMMU nothing has a group',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [leaf('e1000e')]),
      bridge(
        'pxb-pcie',
        '4.0',
        [
          bridge('pcie-root-port', '0.0', [leaf('nvme')]),
          bridge('pcie-root-port', '1.0', [leaf('qemu-xhci')], { 'disable-acs': 'on' }),
        ],
        { bus_nr: '64', bypass_iommu: 'on' },
      ),
    ],
    smoke: ['6.12'],
  },
  {
    name: 'root-bus-outside-the-iommu',
    shows: 'The IOMMU covers the second host bridge only',
    iommu: 'intel',
    args: ['-machine', 'default_bus_bypass_iommu=on'],
    parts: [
      bridge('pcie-root-port', '3.0', [leaf('e1000e')]),
      bridge('pxb-pcie', '4.0', [bridge('pcie-root-port', '0.0', [leaf('e1000e')])], {
        bus_nr: '64',
      }),
    ],
  },
  {
    name: 'amd-two-host-bridges',
    shows: 'Two host bridges with AMD-Vi',
    iommu: 'amd',
    parts: [
      leaf('e1000e', '3.0'),
      bridge(
        'pxb-pcie',
        '4.0',
        [
          bridge('pcie-root-port', '0.0', [leaf('e1000e')]),
          bridge('pcie-root-port', '1.0', [leaf('qemu-xhci')], { 'disable-acs': 'on' }),
        ],
        { bus_nr: '64' },
      ),
    ],
  },
];
