import type { Bdf } from '../../shared/bdf.ts';
import type { GroupBinding } from './helper-experiment.ts';
import { bridge, functions, leaf } from './part.ts';

/** Groups of several kinds, with the drivers that a host has on them. */
export const groupBindings: readonly GroupBinding[] = [
  {
    name: 'some-kills',
    shows: 'the shortest way to see a binding, kills and recoveries',
    iommu: 'intel',
    parts: [bridge('pcie-root-port', '3.0', [leaf('e1000e')])],
    drivers: ['e1000e'],
    bdf: '0000:01:00.0' as Bdf,
    kills: 'some',
    smoke: ['6.1'],
  },
  {
    name: 'single-function',
    shows: 'a network card that is alone in its group',
    iommu: 'intel',
    parts: [bridge('pcie-root-port', '3.0', [leaf('e1000e')])],
    drivers: ['e1000e'],
    bdf: '0000:01:00.0' as Bdf,
  },
  {
    name: 'card-below-port',
    shows: 'three functions below a port without ACS; the port stays',
    iommu: 'intel',
    parts: [
      bridge(
        'pcie-root-port',
        '3.0',
        functions('0', [leaf('nec-usb-xhci'), leaf('e1000e'), leaf('qemu-xhci')]),
        { 'disable-acs': 'on' },
      ),
    ],
    drivers: ['xhci-pci', 'e1000e'],
    bdf: '0000:01:00.0' as Bdf,
  },
  {
    name: 'behind-conventional-bridge',
    shows: 'two cards behind a conventional bridge, whose driver stays',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [
        bridge('pcie-pci-bridge', '0.0', [leaf('rtl8139', '1.0'), leaf('e1000', '2.0')]),
      ]),
    ],
    drivers: ['8139cp', 'e1000'],
    bdf: '0000:02:02.0' as Bdf,
  },
  {
    name: 'amd-card',
    shows: 'two functions with AMD-Vi',
    iommu: 'amd',
    parts: [
      bridge('pcie-root-port', '3.0', functions('0', [leaf('nec-usb-xhci'), leaf('e1000e')])),
    ],
    drivers: ['xhci-pci', 'e1000e'],
    bdf: '0000:01:00.0' as Bdf,
  },
];
