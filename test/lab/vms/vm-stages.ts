import type { Bdf } from '../../../shared/bdf.ts';
import { pci } from '../../support/vm-host.ts';
import { bridge, functions, leaf } from '../part.ts';
import type { VmStage } from './vm-stage.ts';

const FIRST = '0000:01:00.0' as Bdf;
const SECOND = '0000:01:00.1' as Bdf;
const ALL = ['01:00.0', '01:00.1', '01:00.2'];
const OTHER = '0000:02:00.0' as Bdf;

const NIC = {
  iommu: 'intel',
  parts: [bridge('pcie-root-port', '3.0', [leaf('e1000e')])],
  drivers: ['e1000e'],
  bdf: FIRST,
  kernels: ['6.1', '6.12', '7.3'],
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

/** Two cards in one group: conventional ones behind one bridge. */
const TWO_CARDS = {
  parts: [
    bridge('pcie-root-port', '3.0', [
      bridge('pcie-pci-bridge', '0.0', [leaf('rtl8139', '1.0'), leaf('e1000', '2.0')]),
    ]),
  ],
  drivers: ['8139cp', 'e1000'],
  bdf: '0000:02:02.0' as Bdf,
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
      card: { wish: bios(...ALL) },
      efi: { wish: { firmware: 'efi', devices: pci(...ALL) } },
      windows: {
        wish: {
          guest: 'windows-11',
          devices: pci(...ALL),
          disks: [{ path: '/windows.qcow2' }],
          networks: [{ kind: 'bridge', name: 'br0' }],
          display: { kind: 'looking-glass' },
          input: { kind: 'evdev', keyboard: '/dev/input/by-id/keyboard' },
        },
      },
      'windows-10': {
        wish: {
          ...bios(...ALL),
          guest: 'windows-10',
          isHypervisorHidden: true,
          disks: [{ path: '/windows.qcow2' }],
        },
      },
    },
    steps: [
      'bind',
      ...['card', 'efi', 'windows', 'windows-10'].flatMap((name) => [
        { starts: name },
        { ends: name },
      ]),
      `give_back ${SECOND}`,
      {
        refused: 'card',
        pattern: 'group-not-viable',
        device: FIRST,
        says: '01:00.1 is in the way: it has driver e1000e',
      },
      `give ${SECOND} none`,
      { refused: 'card', pattern: 'device-not-bound', device: SECOND, says: 'no driver' },
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
    ...NIC,
    name: 'iommufd',
    shows: "a command line with iommufd: before the device is bound, and on Debian's kernels",
    machines: { plain: { wish: bios('01:00.0'), vfio: 'iommufd' } },
    steps: [
      { refused: 'plain', pattern: 'iommufd-not-bound', device: FIRST, says: 'with driver e1000e' },
      'bind',
      { refused: 'plain', pattern: 'iommufd-node-absent', device: FIRST, says: 'vfio-pci' },
    ],
  },
  {
    ...NIC,
    name: 'one-group-two-cards',
    shows: 'two cards of one group, on a root port each',
    ...TWO_CARDS,
    machines: { both: { wish: bios('02:01.0', '02:02.0') } },
    steps: ['bind', { starts: 'both' }, { ends: 'both' }],
  },
  {
    ...CARD,
    name: 'guest-iommu',
    shows: 'an IOMMU of the guest: one function of a group starts, three of one slot do not',
    machines: {
      one: {
        wish: {
          firmware: 'bios',
          viommu: 'intel',
          devices: [{ kind: 'pci', bdf: '01:00.0', isWholeCard: false }],
        },
      },
      card: { wish: { ...bios(...ALL), viommu: 'intel' } },
    },
    steps: [
      'bind',
      { starts: 'one' },
      { ends: 'one' },
      { refused: 'card', pattern: 'several-address-spaces', device: SECOND },
    ],
  },
];
