import { bridge, functions, leaf, type Part } from './part.ts';
import type { WhatIf } from './what-if-experiment.ts';

const NO_ACS = { 'disable-acs': 'on' };

/** Two ports in one slot and a third apart, each with a card. */
const PORTS: readonly Part[] = [
  ...functions('4', [
    bridge('pcie-root-port', undefined, [leaf('e1000e')]),
    bridge('pcie-root-port', undefined, [leaf('nec-usb-xhci')]),
  ]),
  bridge('pcie-root-port', '5.0', functions('0', [leaf('nvme'), leaf('e1000e')])),
];

const CARD = functions('0', [leaf('e1000e'), leaf('nec-usb-xhci')]);
const SWITCH = bridge('x3130-upstream', '0.0', [
  bridge('xio3130-downstream', '0.0', [leaf('e1000e')]),
  bridge('xio3130-downstream', '1.0', [leaf('nec-usb-xhci')]),
]);

/** Two ports, of which one holds something. */
function ports(first: readonly Part[], second: readonly Part[], options = NO_ACS): readonly Part[] {
  return [
    bridge('pcie-root-port', '3.0', first, options),
    bridge('pcie-root-port', '4.0', second),
    leaf('qemu-xhci', '8.0'),
  ];
}

/** One switch with a free port, beside a port that holds a card. */
function besideSwitch(inSwitch: readonly Part[], inPort: readonly Part[]): readonly Part[] {
  return [
    bridge('pcie-root-port', '3.0', [
      bridge('x3130-upstream', '0.0', [
        bridge('xio3130-downstream', '0.0', [leaf('nvme')]),
        bridge('xio3130-downstream', '1.0', inSwitch),
      ]),
    ]),
    bridge('pcie-root-port', '4.0', inPort),
  ];
}

const DRIVE = {
  subsys: 'drives',
  sriov_max_vfs: '20',
  sriov_vq_flexible: '40',
  sriov_vi_flexible: '20',
};
const SUBSYSTEM = ['-device', 'nvme-subsys,id=drives'];

/** A drive that has `count` virtual functions. */
function drive(parts: readonly Part[], count: number): WhatIf['after'] {
  return {
    iommu: 'intel',
    args: SUBSYSTEM,
    parts,
    guest: { modules: ['nvme'], before: `virtual_functions ${count}` },
  };
}

const ASPEED = {
  iommu: 'intel',
  ids: { 'pcie-pci-bridge': '1a03:1150' },
  parts: [
    bridge('pcie-root-port', '4.0', [
      bridge('pcie-pci-bridge', '0.0', [leaf('rtl8139', '1.0'), leaf('e1000', '2.0')]),
    ]),
  ],
} as const;

/** Every form of a change that an emulated machine can undergo. */
export const whatIfs: readonly WhatIf[] = [
  {
    name: 'intel-on',
    shows: 'from a kernel with its IOMMU off',
    changes: ['iommu=on'],
    before: { iommu: 'intel', commandLine: 'intel_iommu=off', parts: PORTS },
    after: { iommu: 'intel', parts: PORTS },
    smoke: ['6.12'],
  },
  {
    name: 'amd-on',
    shows: 'the same for AMD-Vi',
    changes: ['iommu=on'],
    before: { iommu: 'amd', commandLine: 'amd_iommu=off', parts: PORTS.slice(0, 2) },
    after: { iommu: 'amd', parts: PORTS.slice(0, 2) },
  },
  {
    name: 'on-in-firmware',
    shows: 'from a machine whose firmware shows no IOMMU',
    changes: ['iommu=on'],
    before: { iommu: 'none', parts: PORTS },
    after: { iommu: 'intel', parts: PORTS },
  },
  {
    name: 'acs-off',
    shows: 'a port of a slot loses its ACS, by `pci=disable_acs_redir=`',
    changes: ['acs=00:04.0:off'],
    before: { iommu: 'intel', parts: PORTS },
    after: {
      iommu: 'intel',
      commandLine: 'intel_iommu=on pci=disable_acs_redir=00:04.0',
      parts: PORTS,
    },
  },
  {
    name: 'acs-off-both',
    shows: 'both ports of a slot lose it',
    changes: ['acs=00:04.0:off', 'acs=00:04.1:off'],
    before: { iommu: 'intel', parts: PORTS },
    after: {
      iommu: 'intel',
      commandLine: 'intel_iommu=on pci=disable_acs_redir=00:04.0;00:04.1',
      parts: PORTS,
    },
  },
  {
    name: 'acs-on',
    shows: 'a port whose ACS was switched off gets it back',
    changes: ['acs=00:04.0:on'],
    before: {
      iommu: 'intel',
      commandLine: 'intel_iommu=on pci=disable_acs_redir=00:04.0',
      parts: PORTS,
    },
    after: { iommu: 'intel', parts: PORTS },
  },
  {
    name: 'acs-on-without-capability',
    shows: 'a port without the capability is supposed to have it',
    changes: ['acs=00:03.0:on'],
    before: { iommu: 'intel', parts: ports(CARD, []) },
    after: { iommu: 'intel', parts: ports(CARD, [], { 'disable-acs': 'off' }) },
  },
  {
    name: 'newer-kernel',
    shows: 'a bridge that keeps requester IDs since 7.0',
    changes: ['kernel=7.3'],
    before: ASPEED,
    after: ASPEED,
    kernels: ['6.1', '6.12'],
    kernelAfter: '7.3',
  },
  {
    name: 'older-kernel',
    shows: 'the same, the other way',
    changes: ['kernel=6.12'],
    before: ASPEED,
    after: ASPEED,
    kernels: ['7.3'],
    kernelAfter: '6.12',
  },
  {
    name: 'virtual-functions',
    shows: 'below a port with ACS',
    changes: ['vfs=01:00.0:4'],
    before: drive([bridge('pcie-root-port', '3.0', [leaf('nvme', '0.0', DRIVE)])], 0),
    after: drive([bridge('pcie-root-port', '3.0', [leaf('nvme', '0.0', DRIVE)])], 4),
    smoke: ['6.1'],
  },
  {
    name: 'virtual-functions-no-acs',
    shows: 'below a port without ACS, more than one slot has room for',
    changes: ['vfs=01:00.0:18'],
    before: drive([bridge('pcie-root-port', '3.0', [leaf('nvme', '0.0', DRIVE)], NO_ACS)], 0),
    after: drive([bridge('pcie-root-port', '3.0', [leaf('nvme', '0.0', DRIVE)], NO_ACS)], 18),
  },
  {
    name: 'virtual-functions-integrated',
    shows: 'on the root bus, over several slots',
    changes: ['vfs=00:03.0:12'],
    before: drive([leaf('nvme', '3.0', DRIVE), leaf('e1000e', '8.0')], 0),
    after: drive([leaf('nvme', '3.0', DRIVE), leaf('e1000e', '8.0')], 12),
  },
  {
    name: 'fewer-virtual-functions',
    shows: 'some are taken away',
    changes: ['vfs=01:00.0:2'],
    before: drive([bridge('pcie-root-port', '3.0', [leaf('nvme', '0.0', DRIVE)])], 6),
    after: drive([bridge('pcie-root-port', '3.0', [leaf('nvme', '0.0', DRIVE)])], 2),
  },
  {
    name: 'other-port',
    shows: 'a card moves from a port without ACS to one with it',
    changes: ['move=01:00.0:00:04.0'],
    before: { iommu: 'intel', parts: ports(CARD, []) },
    after: { iommu: 'intel', parts: ports([], CARD) },
    smoke: ['7.3'],
  },
  {
    name: 'worse-port',
    shows: 'a card moves to a port without ACS',
    changes: ['move=02:00.0:00:03.0'],
    before: { iommu: 'intel', parts: ports([], CARD) },
    after: { iommu: 'intel', parts: ports(CARD, []) },
  },
  {
    name: 'card-with-switch',
    shows: 'a card that is a switch moves with all below it',
    changes: ['move=01:00.0:00:04.0'],
    before: { iommu: 'intel', parts: ports([SWITCH], []) },
    after: { iommu: 'intel', parts: ports([], [SWITCH]) },
  },
  {
    name: 'into-switch',
    shows: 'a card moves below a switch',
    changes: ['move=05:00.0:02:01.0'],
    before: { iommu: 'intel', parts: besideSwitch([], CARD) },
    after: { iommu: 'intel', parts: besideSwitch(CARD, []) },
  },
  {
    name: 'out-of-switch',
    shows: 'a card moves from a switch to a port of its own',
    changes: ['move=04:00.0:00:04.0'],
    before: { iommu: 'intel', parts: besideSwitch(CARD, []) },
    after: { iommu: 'intel', parts: besideSwitch([], CARD) },
  },
  {
    name: 'out-of-conventional-bridge',
    shows: 'a conventional card moves to another conventional bridge',
    changes: ['move=01:02.0:00:04.0'],
    before: {
      iommu: 'intel',
      parts: [
        bridge('pcie-pci-bridge', '3.0', [leaf('rtl8139', '1.0'), leaf('e1000', '2.0')]),
        bridge('pcie-pci-bridge', '4.0', [leaf('lsi', '1.0')]),
      ],
    },
    after: {
      iommu: 'intel',
      parts: [
        bridge('pcie-pci-bridge', '3.0', [leaf('rtl8139', '1.0')]),
        bridge('pcie-pci-bridge', '4.0', [leaf('lsi', '1.0'), leaf('e1000', '2.0')]),
      ],
    },
  },
  {
    name: 'behind-switch',
    shows: 'a switch without ACS comes between a card and its port',
    changes: ['behind-switch=01:00.0'],
    before: { iommu: 'intel', parts: ports(CARD, [leaf('nvme')], { 'disable-acs': 'off' }) },
    after: {
      iommu: 'intel',
      parts: ports(
        [bridge('x3130-upstream', '0.0', [bridge('xio3130-downstream', '0.0', CARD)])],
        [leaf('nvme')],
        { 'disable-acs': 'off' },
      ),
    },
  },
  {
    name: 'behind-switch-with-acs',
    shows: 'the same with a switch that the kernel calls isolated',
    changes: ['behind-switch=01:00.0:acs'],
    before: {
      iommu: 'intel',
      parts: ports([leaf('e1000e')], [leaf('nvme')], { 'disable-acs': 'off' }),
    },
    after: {
      iommu: 'intel',
      ids: { 'xio3130-downstream': '10e8:e004' },
      parts: ports(
        [bridge('x3130-upstream', '0.0', [bridge('xio3130-downstream', '0.0', [leaf('e1000e')])])],
        [leaf('nvme')],
        { 'disable-acs': 'off' },
      ),
    },
  },
  {
    name: 'several-changes',
    shows: 'the IOMMU on, a card in another port, and that port without ACS',
    changes: ['iommu=on', 'move=01:00.0:00:04.0', 'acs=00:04.0:off'],
    before: { iommu: 'intel', commandLine: 'intel_iommu=off', parts: ports(CARD, []) },
    after: {
      iommu: 'intel',
      commandLine: 'intel_iommu=on pci=disable_acs_redir=00:04.0',
      parts: ports([], CARD),
    },
  },
];
