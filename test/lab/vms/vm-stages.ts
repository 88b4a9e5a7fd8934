import type { Bdf } from '../../../shared/bdf.ts';
import { pci } from '../../support/vm-host.ts';
import { bridge, functions, leaf } from '../part.ts';
import type { VmStage } from './vm-stage.ts';

const FIRST = '0000:01:00.0' as Bdf;
const SECOND = '0000:01:00.1' as Bdf;
const OTHER = '0000:02:00.0' as Bdf;

const NIC = {
  iommu: 'intel',
  parts: [bridge('pcie-root-port', '3.0', [leaf('e1000e')])],
  drivers: ['e1000e'],
  bdf: FIRST,
} as const;

/** Three functions in one group with their port, which stays. */
const CARD = {
  ...NIC,
  parts: [
    bridge(
      'pcie-root-port',
      '3.0',
      functions('0', [leaf('nec-usb-xhci'), leaf('e1000e'), leaf('qemu-xhci')]),
      { 'disable-acs': 'on' },
    ),
  ],
  drivers: ['xhci-pci', 'e1000e'],
} as const;

/** SeaBIOS comes to its buses in time, so that `query-pci` shows what is on them. */
const bios = (...bdfs: readonly string[]) => ({ firmware: 'bios', devices: pci(...bdfs) }) as const;

/** Machines of several kinds on groups of several kinds, and what QEMU refuses. */
export const vmStages: readonly VmStage[] = [
  {
    ...NIC,
    name: 'one-function',
    shows: 'a network card alone in its group: before it is bound, bound, while another VM has it',
    smoke: ['6.12'],
    machines: { plain: { wish: bios('01:00.0') }, other: { wish: bios('01:00.0') } },
    steps: [
      { refused: 'plain', pattern: 'vfio-absent', device: FIRST, says: 'with driver e1000e' },
      'bind',
      { starts: 'plain' },
      { refused: 'other', pattern: 'vfio-busy', device: FIRST },
      { ends: 'plain' },
    ],
  },
  {
    ...CARD,
    name: 'multifunction-card',
    shows:
      'three functions on one guest slot; not while one is with its driver, nor while one is without',
    machines: {
      card: { wish: bios('01:00.0') },
      efi: { wish: { firmware: 'efi', devices: pci('01:00.0'), viommu: 'intel' } },
      windows: {
        wish: {
          guest: 'windows-10',
          firmware: 'bios',
          isHypervisorHidden: true,
          devices: pci('01:00.0'),
          disks: [{ path: '/windows.qcow2' }],
          networks: [{ kind: 'bridge', name: 'br0' }],
        },
      },
    },
    steps: [
      'bind',
      { starts: 'card' },
      { ends: 'card' },
      { starts: 'efi' },
      { ends: 'efi' },
      { starts: 'windows' },
      { ends: 'windows' },
      `give_back ${SECOND}`,
      {
        refused: 'card',
        pattern: 'group-not-viable',
        device: FIRST,
        says: '01:00.1 is in the way: it has driver e1000e',
      },
      `give ${SECOND} none`,
      { refused: 'card', pattern: 'device-not-bound', device: SECOND },
      `give ${SECOND} vfio-pci`,
    ],
  },
  {
    ...NIC,
    name: 'two-groups',
    shows: 'two groups, one root port each; not while one of them is with its driver',
    parts: [
      bridge('pcie-root-port', '3.0', [leaf('e1000e')]),
      bridge('pcie-root-port', '4.0', [leaf('nec-usb-xhci')]),
    ],
    drivers: ['xhci-pci', 'e1000e'],
    also: [OTHER],
    machines: { both: { wish: bios('01:00.0', '02:00.0') } },
    steps: [
      'bind',
      { starts: 'both' },
      { ends: 'both' },
      `give_back ${OTHER}`,
      { refused: 'both', pattern: 'vfio-absent', device: OTHER, says: 'with driver xhci_hcd' },
      `give ${OTHER} vfio-pci`,
    ],
  },
  {
    ...CARD,
    name: 'iommufd',
    shows: 'three functions through iommufd, one guest slot; unbound, held and not viable',
    kernels: ['7.3'],
    machines: {
      card: { wish: bios('01:00.0'), vfio: 'iommufd' },
      other: { wish: bios('01:00.0'), vfio: 'iommufd' },
      legacy: { wish: bios('01:00.0') },
    },
    steps: [
      { refused: 'card', pattern: 'device-not-bound', device: FIRST },
      'bind',
      { starts: 'card' },
      { refused: 'other', pattern: 'vfio-busy', device: FIRST },
      { refused: 'legacy', pattern: 'vfio-busy', device: FIRST },
      { ends: 'card' },
      `give_back ${SECOND}`,
      { refused: 'card', pattern: 'group-not-viable', device: FIRST },
      `give ${SECOND} vfio-pci`,
    ],
  },
  {
    ...NIC,
    name: 'iommufd-absent',
    shows: 'a command line with iommufd on a kernel without it',
    kernels: ['6.1', '6.12'],
    machines: { plain: { wish: bios('01:00.0'), vfio: 'iommufd' } },
    steps: ['bind', { refused: 'plain', pattern: 'iommufd-absent', device: FIRST }],
  },
  {
    ...NIC,
    name: 'one-group-two-cards',
    shows: 'two cards of one group, on a root port each; and behind an IOMMU of the guest',
    parts: [
      bridge('pcie-root-port', '3.0', [
        bridge('pcie-pci-bridge', '0.0', [leaf('rtl8139', '1.0'), leaf('e1000', '2.0')]),
      ]),
    ],
    drivers: ['8139cp', 'e1000'],
    bdf: '0000:02:02.0' as Bdf,
    machines: {
      both: { wish: bios('02:01.0', '02:02.0') },
      viommu: { wish: { ...bios('02:01.0', '02:02.0'), viommu: 'intel' } },
    },
    steps: [
      'bind',
      { starts: 'both' },
      { ends: 'both' },
      {
        refused: 'viommu',
        pattern: 'several-address-spaces',
        device: '0000:02:02.0' as Bdf,
      },
    ],
  },
];
