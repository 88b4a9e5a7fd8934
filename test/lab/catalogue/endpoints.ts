import { functions, leaf } from '../part.ts';
import type { Topology } from '../topology.ts';

/** Integrated endpoints and conventional functions on the root bus. */
export const endpointTopologies: readonly Topology[] = [
  {
    name: 'bare-chipset',
    shows: 'The functions 1f.0, 1f.2 and 1f.3 of the chipset are one group',
    iommu: 'intel',
    parts: [],
  },
  {
    name: 'integrated-endpoints',
    shows: 'Endpoints on the root bus, each the only function of its slot, are apart',
    iommu: 'intel',
    parts: [leaf('e1000e', '3.0'), leaf('nvme', '4.0'), leaf('qemu-xhci', '5.0')],
  },
  {
    name: 'integrated-multifunction',
    shows: 'Functions of one slot without ACS share a group; those of Intel are isolated by quirk',
    iommu: 'intel',
    parts: [
      ...functions('3', [leaf('e1000e'), leaf('e1000e'), leaf('nec-usb-xhci')]),
      ...functions('4', [leaf('nec-usb-xhci'), leaf('qemu-xhci')]),
    ],
    smoke: ['6.1'],
  },
  {
    name: 'conventional-on-root-bus',
    shows: 'Conventional functions of one slot share a group, slots do not',
    iommu: 'intel',
    parts: [
      ...functions('3', [leaf('rtl8139'), leaf('e1000'), leaf('lsi')]),
      leaf('ich9-ahci', '4.0'),
      leaf('AC97', '5.0', { audiodev: 'sound' }),
    ],
    args: ['-audiodev', 'none,id=sound'],
  },
  {
    name: 'usb-companions',
    shows: 'Eight functions of one conventional USB controller',
    iommu: 'intel',
    parts: [
      { device: 'ich9-usb-uhci1', at: '1d.0', options: { multifunction: 'on' } },
      leaf('ich9-usb-uhci2', '1d.1'),
      leaf('ich9-usb-uhci3', '1d.2'),
      leaf('ich9-usb-ehci1', '1d.7'),
      { device: 'ich9-usb-uhci4', at: '1a.0', options: { multifunction: 'on' } },
      leaf('ich9-usb-uhci5', '1a.1'),
      leaf('ich9-usb-ehci2', '1a.7'),
    ],
  },
  {
    name: 'function-without-siblings',
    shows: 'A slot that says it has more functions, and has none',
    iommu: 'intel',
    parts: [leaf('nec-usb-xhci', '3.0', { multifunction: 'on' }), leaf('e1000e', '4.0')],
  },
  {
    name: 'amd-integrated',
    shows: 'The same rules with AMD-Vi; the IOMMU has a function of its own and no group',
    iommu: 'amd',
    parts: [
      ...functions('3', [leaf('e1000e'), leaf('nec-usb-xhci')]),
      leaf('qemu-xhci', '4.0'),
      leaf('rtl8139', '5.0'),
    ],
    smoke: ['6.12'],
  },
];
