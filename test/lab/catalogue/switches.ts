import { bridge, functions, leaf, type Part } from '../part.ts';
import type { Topology } from '../topology.ts';

const NO_ACS = { 'disable-acs': 'on' };

function pciSwitch(at: string | undefined, below: readonly (readonly Part[])[]): Part {
  const ports = below.map((parts, index) => bridge('xio3130-downstream', `${index}.0`, parts));
  return bridge('x3130-upstream', at, ports);
}

/** Switches: QEMU's have no ACS; ports with it come from the kernel's quirks. */
export const switchTopologies: readonly Topology[] = [
  {
    name: 'switch',
    shows: 'Downstream ports without ACS: each is a group with all below it',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [
        pciSwitch('0.0', [[leaf('e1000e')], [leaf('nec-usb-xhci')], []]),
      ]),
    ],
    smoke: ['6.1'],
  },
  {
    name: 'switch-below-port-without-acs',
    shows: 'A root port without ACS takes the whole switch into its group',
    iommu: 'intel',
    parts: [
      bridge(
        'pcie-root-port',
        '3.0',
        [pciSwitch('0.0', [[leaf('e1000e')], functions('0', [leaf('nvme'), leaf('qemu-xhci')])])],
        NO_ACS,
      ),
    ],
  },
  {
    name: 'switch-nested',
    shows: 'A switch below a switch',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [
        pciSwitch('0.0', [
          [leaf('e1000e')],
          [pciSwitch('0.0', [[leaf('nvme')], [leaf('qemu-xhci')]])],
          [leaf('nec-usb-xhci')],
        ]),
      ]),
    ],
  },
  {
    name: 'switch-nested-three-deep',
    shows: 'Three switches, one below the other',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [
        pciSwitch('0.0', [
          [pciSwitch('0.0', [[pciSwitch('0.0', [[leaf('e1000e')], [leaf('qemu-xhci')]])], []])],
          [leaf('nvme')],
        ]),
      ]),
    ],
  },
  {
    name: 'switch-multifunction-ports',
    shows: 'Downstream ports that are functions of one slot share a group',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [
        bridge('x3130-upstream', '0.0', [
          ...functions('0', [
            bridge('xio3130-downstream', undefined, [leaf('e1000e')]),
            bridge('xio3130-downstream', undefined, [leaf('nec-usb-xhci')]),
          ]),
          bridge('xio3130-downstream', '1.0', [leaf('nvme')]),
        ]),
      ]),
    ],
  },
  {
    name: 'switch-multifunction-upstream',
    shows: 'An upstream port with a second function in its slot is asked for ACS',
    iommu: 'intel',
    parts: [
      bridge('pcie-root-port', '3.0', [
        ...functions('0', [
          pciSwitch(undefined, [[leaf('e1000e')], [leaf('nvme')]]),
          leaf('nec-usb-xhci'),
        ]),
      ]),
    ],
    smoke: ['6.12'],
  },
  {
    name: 'switch-on-root-bus',
    shows: 'An upstream port directly on the root bus',
    iommu: 'intel',
    parts: [pciSwitch('3.0', [[leaf('e1000e')], [leaf('qemu-xhci')]])],
  },
  {
    name: 'switch-amd',
    shows: 'A switch below AMD-Vi, beside a card of its own',
    iommu: 'amd',
    parts: [
      bridge('pcie-root-port', '3.0', [pciSwitch('0.0', [[leaf('e1000e')], [leaf('qemu-xhci')]])]),
      bridge('pcie-root-port', '4.0', functions('0', [leaf('e1000e'), leaf('nec-usb-xhci')])),
    ],
  },
  {
    name: 'switch-acs-by-quirk',
    shows: 'A downstream port that the kernel calls isolated by its identity, beside its siblings',
    iommu: 'intel',
    ids: { 'xio3130-downstream': '10e8:e004' },
    parts: [
      bridge('pcie-root-port', '3.0', [
        pciSwitch('0.0', [[leaf('e1000e')], functions('0', [leaf('nvme'), leaf('nec-usb-xhci')])]),
      ]),
    ],
  },
];
