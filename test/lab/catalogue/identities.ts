import { bridge, functions, leaf, type Part } from '../part.ts';
import type { Topology } from '../topology.ts';

/**
 * Emulated devices that say they are others, so that the kernel's own quirks act. The functions
 * are wired as those quirks expect them; what they do is the kernel's answer, not ours.
 */
export const identityTopologies: readonly Topology[] = [
  port('177d:9084', 'Cavium: its root ports isolate without ACS'),
  port('8086:a110', 'Intel 100 series: ACS in a wrong place of the capability', false),
  port('8086:a340', 'Intel 300 series: the same', false),
  port('8086:06ba', 'Intel 400 series: the same', false),
  port('0014:3c09', 'A port of the last rows of the table'),
  port('177d:af84', 'Cavium: another of its families'),
  port('1d17:0717', 'Zhaoxin: ports that isolate without ACS'),
  port('8086:1c10', 'Intel 6 series: isolation through the chipset registers'),
  port('8086:1e10', 'Intel 7 series: the same'),
  port('8086:9c10', 'Intel 8 series: the same'),
  port('8086:3b42', 'Intel 5 series: the same'),
  slot('14e4:1750', 'Broadcom: functions of one card that are isolated'),
  slot('8086:105e', 'Intel: functions of a network card that are isolated'),
  slot('1022:145c', 'AMD: functions of one processor die'),
  slot('1077:2031', 'QLogic: functions of one adapter'),
  slot('15b3:1021', 'A function without a row of its own'),
  alias('1b4b:9172', 'Marvell: DMA in the name of function 1'),
  alias('1b4b:9230', 'Marvell: the same, where no function 1 exists'),
  alias('8086:2264', 'Intel MIC: DMA in the name of other slots'),
  alias('10b5:87b0', 'PLX non-transparent bridge: any name of its bus'),
  alias('1c28:0122', 'Lite-On: DMA in the name of function 1'),
  conventional('1283:8892', 'ITE: a conventional bridge that takes its own name'),
  conventional('1b21:1080', 'ASMedia: the same'),
  conventional('8086:244e', 'Intel: the conventional bridge of a chipset'),
  {
    name: 'identity-bridge-1a03-1150',
    shows: 'ASPEED: a PCIe-to-PCI bridge that keeps the names, since 7.0',
    iommu: 'intel',
    ids: { 'pcie-pci-bridge': '1a03:1150' },
    parts: [
      bridge('pcie-root-port', '4.0', [
        bridge('pcie-pci-bridge', '0.0', [leaf('rtl8139', '1.0'), leaf('e1000', '2.0')]),
      ]),
    ],
    smoke: ['7.3'],
  },
  {
    name: 'identity-amd-southbridge',
    shows: 'AMD southbridge functions, isolated where the firmware describes an IOMMU',
    iommu: 'amd',
    ids: { rtl8139: '1002:4385' },
    args: ['-audiodev', 'none,id=sound'],
    parts: functions('14', [
      leaf('rtl8139'),
      leaf('rtl8139'),
      leaf('AC97', undefined, { audiodev: 'sound' }),
    ]),
  },
  {
    name: 'identity-amd-southbridge-intel',
    shows: 'The same functions below an Intel IOMMU are not isolated',
    iommu: 'intel',
    ids: { rtl8139: '1002:439c' },
    parts: functions('14', [leaf('rtl8139'), leaf('rtl8139')]),
  },
  {
    name: 'identity-idt-switch',
    shows: 'An IDT switch: its source validation is not believed since 7.0',
    iommu: 'intel',
    ids: { 'x3130-upstream': '111d:80b5', 'pcie-root-port': '111d:80b5' },
    parts: [
      bridge('pcie-root-port', '3.0', [leaf('e1000e')]),
      bridge('pcie-root-port', '4.0', functions('0', [leaf('qemu-xhci'), leaf('nec-usb-xhci')])),
    ],
  },
];

/** A root port with that identity, one with and one without its ACS capability. */
function port(id: string, shows: string, hasTwin = true): Topology {
  const twin = hasTwin ? [bridge('pcie-root-port', '5.0', [leaf('nvme')])] : [];
  return {
    name: `identity-port-${id.replace(':', '-')}`,
    shows,
    iommu: 'intel',
    ids: { 'pcie-root-port': id },
    parts: [
      ...functions('4', [
        bridge('pcie-root-port', undefined, [leaf('e1000e')], { 'disable-acs': 'on' }),
        bridge('pcie-root-port', undefined, [leaf('nec-usb-xhci')], { 'disable-acs': 'on' }),
      ]),
      ...twin,
    ],
  };
}

/** A card of functions with that identity, below a port and on the root bus. */
function slot(id: string, shows: string): Topology {
  const card = [leaf('e1000e'), leaf('e1000e'), leaf('nec-usb-xhci')];
  return {
    name: `identity-function-${id.replace(':', '-')}`,
    shows,
    iommu: 'intel',
    ids: { e1000e: id },
    parts: [bridge('pcie-root-port', '4.0', functions('0', card)), ...functions('5', card)],
  };
}

/** Functions with that identity, alone and with others in their slot. */
function alias(id: string, shows: string): Topology {
  return {
    name: `identity-alias-${id.replace(':', '-')}`,
    shows,
    iommu: 'intel',
    ids: { e1000e: id },
    parts: [
      bridge('pcie-root-port', '4.0', [leaf('e1000e')]),
      bridge('pcie-root-port', '5.0', functions('0', [leaf('e1000e'), leaf('qemu-xhci')])),
      ...functions('6', [leaf('nec-usb-xhci'), leaf('e1000e'), leaf('qemu-xhci')]),
      leaf('nvme', '7.0'),
    ],
    ...(id === '1b4b:9172' ? { smoke: ['6.12'] } : {}),
  };
}

/** A conventional bridge with that identity, with cards behind it. */
function conventional(id: string, shows: string): Topology {
  const cards: readonly Part[] = [leaf('rtl8139', '1.0'), leaf('e1000', '2.0')];
  return {
    name: `identity-bridge-${id.replace(':', '-')}`,
    shows,
    iommu: 'intel',
    ids: { 'pci-bridge': id },
    parts: [
      bridge('pcie-root-port', '4.0', [bridge('pci-bridge', '0.0', cards)]),
      bridge('pci-bridge', '5.0', cards),
    ],
  };
}
