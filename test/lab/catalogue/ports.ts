import { bridge, functions, leaf } from '../part.ts';
import type { Topology } from '../topology.ts';

const NO_ACS = { 'disable-acs': 'on' };

/** Root ports with and without ACS, alone and several in one slot. */
export const portTopologies: readonly Topology[] = [
  {
    name: 'root-ports',
    shows: 'Below ports with ACS each card is a group, its functions together where they lack ACS',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [leaf('e1000e')]),
      bridge('pcie-root-port', '4.0', functions('0', [leaf('nec-usb-xhci'), leaf('e1000e')])),
      bridge('pcie-root-port', '5.0', []),
    ],
    smoke: ['6.1', '7.3'],
  },
  {
    name: 'root-port-no-acs',
    shows: 'A port without ACS shares its group with everything below',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [leaf('e1000e')], NO_ACS),
      bridge('pcie-root-port', '4.0', functions('0', [leaf('nvme'), leaf('qemu-xhci')]), NO_ACS),
    ],
    smoke: ['6.12'],
  },
  {
    name: 'slot-of-ports-acs',
    shows: 'Four ports in one slot, each with ACS: four groups, four cards',
    iommu: 'intel',
    parts: functions(
      '3',
      [1, 2, 3, 4].map(() => bridge('pcie-root-port', undefined, [leaf('e1000e')])),
    ),
  },
  {
    name: 'slot-of-ports-no-acs',
    shows: 'Four ports in one slot without ACS: one group with all cards',
    iommu: 'intel',
    parts: functions(
      '3',
      [1, 2, 3, 4].map(() => bridge('pcie-root-port', undefined, [leaf('e1000e')], NO_ACS)),
    ),
  },
  {
    name: 'slot-of-mixed-ports',
    shows: 'In one slot the ports that isolate stay apart, the others share a group',
    iommu: 'intel',
    parts: functions('3', [
      bridge('pcie-root-port', undefined, [leaf('e1000e')]),
      bridge('pcie-root-port', undefined, [leaf('nvme')], NO_ACS),
      bridge('pcie-root-port', undefined, [leaf('qemu-xhci')]),
      bridge('ioh3420', undefined, [leaf('nec-usb-xhci')]),
    ]),
    smoke: ['7.3'],
  },
  {
    name: 'ioh-ports',
    shows: 'Two ports of another kind, one slot',
    iommu: 'intel',
    parts: functions('4', [
      bridge('ioh3420', undefined, [leaf('e1000e')]),
      bridge('ioh3420', undefined, [leaf('nec-usb-xhci')]),
    ]),
  },
  {
    name: 'gpu-with-audio',
    shows: 'A card of three functions below a port with ACS, and one below a port without',
    iommu: 'intel',
    parts: [
      bridge(
        'pcie-root-port',
        '3.0',
        functions('0', [leaf('bochs-display'), leaf('ich9-intel-hda'), leaf('qemu-xhci')]),
      ),
      bridge(
        'pcie-root-port',
        '4.0',
        functions('0', [leaf('bochs-display'), leaf('ich9-intel-hda')]),
        NO_ACS,
      ),
    ],
  },
  {
    name: 'conventional-card-below-port',
    shows: 'A function without the PCI Express capability below a port',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [leaf('rtl8139')]),
      bridge('pcie-root-port', '4.0', [leaf('e1000')], NO_ACS),
    ],
  },
  {
    name: 'amd-root-ports',
    shows: 'Ports with and without ACS below AMD-Vi',
    iommu: 'amd',
    parts: [
      bridge('pcie-root-port', '3.0', [leaf('e1000e')]),
      bridge('pcie-root-port', '4.0', functions('0', [leaf('qemu-xhci'), leaf('e1000e')]), NO_ACS),
      ...functions('5', [
        bridge('pcie-root-port', undefined, [leaf('e1000e')]),
        bridge('ioh3420', undefined, [leaf('nec-usb-xhci')]),
      ]),
    ],
  },
  {
    name: 'eight-functions',
    shows: 'A card with all eight functions, below a port with ACS',
    iommu: 'intel',
    parts: [
      bridge(
        'pcie-root-port',
        '3.0',
        functions(
          '0',
          Array.from({ length: 8 }, () => leaf('nec-usb-xhci')),
        ),
      ),
    ],
  },
  {
    name: 'many-ports',
    shows: 'Twenty cards below twenty ports, every third without ACS',
    iommu: 'intel',
    parts: Array.from({ length: 20 }, (_, index) =>
      bridge(
        'pcie-root-port',
        `${(index + 2).toString(16)}.0`,
        [leaf('nec-usb-xhci')],
        index % 3 === 0 ? NO_ACS : {},
      ),
    ),
  },
];
