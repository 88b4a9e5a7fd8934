import { bridge, functions, leaf, type Part } from '../part.ts';
import type { Topology } from '../topology.ts';

/** Two ports in one slot and a third apart, each with a card. */
const PORTS: readonly Part[] = [
  ...functions('4', [
    bridge('pcie-root-port', undefined, [leaf('e1000e')]),
    bridge('pcie-root-port', undefined, [leaf('nec-usb-xhci')]),
  ]),
  bridge('pcie-root-port', '5.0', functions('0', [leaf('nvme'), leaf('e1000e')])),
];

/** One machine under other kernel arguments, and with ACS changed behind the kernel's back. */
export const commandLineTopologies: readonly Topology[] = [
  {
    name: 'arguments-none',
    shows: 'The IOMMU is on without any argument, as Debian builds its kernels',
    iommu: 'intel',
    commandLine: '',
    parts: PORTS,
  },
  {
    name: 'arguments-pass-through',
    shows: 'iommu=pt changes no group',
    iommu: 'intel',
    commandLine: 'intel_iommu=on iommu=pt',
    parts: PORTS,
  },
  {
    name: 'arguments-intel-off',
    shows: 'intel_iommu=off: no groups, the prediction is as if it were on',
    iommu: 'intel',
    commandLine: 'intel_iommu=off',
    parts: PORTS,
  },
  {
    name: 'arguments-iommu-off',
    shows: 'iommu=off: no groups',
    iommu: 'intel',
    commandLine: 'iommu=off',
    parts: PORTS,
  },
  {
    name: 'arguments-amd-off',
    shows: 'amd_iommu=off: no groups',
    iommu: 'amd',
    commandLine: 'amd_iommu=off',
    parts: PORTS.slice(0, 2),
  },
  {
    name: 'arguments-amd-on',
    shows: 'amd_iommu=on does nothing: the groups are those without it',
    iommu: 'amd',
    commandLine: 'amd_iommu=on',
    parts: PORTS.slice(0, 2),
  },
  {
    name: 'no-iommu',
    shows: 'A machine without an IOMMU: no groups',
    iommu: 'none',
    parts: PORTS,
  },
  {
    name: 'disable-acs-redir',
    shows: 'pci=disable_acs_redir= takes isolation from one port',
    iommu: 'intel',
    commandLine: 'intel_iommu=on pci=disable_acs_redir=00:04.0',
    parts: PORTS,
    smoke: ['7.3'],
  },
  {
    name: 'disable-acs-redir-two-ports',
    shows: 'The same for both ports of a slot, which then share a group',
    iommu: 'intel',
    commandLine: 'intel_iommu=on pci=disable_acs_redir=00:04.0;00:04.1',
    parts: PORTS,
  },
  {
    name: 'config-acs',
    shows: 'pci=config_acs= clears request redirect of one port; 6.1 does not know it',
    iommu: 'intel',
    commandLine: 'intel_iommu=on pci=config_acs=xx1x0xx@00:04.1',
    parts: PORTS,
  },
  {
    name: 'acs-override-not-in-kernel',
    shows: 'pcie_acs_override= changes nothing in a kernel without the patch',
    iommu: 'intel',
    commandLine: 'intel_iommu=on pcie_acs_override=downstream,multifunction',
    parts: [
      bridge('pcie-root-port', '3.0', [leaf('e1000e')], { 'disable-acs': 'on' }),
      ...functions('4', [leaf('nec-usb-xhci'), leaf('e1000e')]),
    ],
  },
  {
    name: 'acs-cleared-after-boot',
    shows: 'A register write after the groups were formed: the difference names it',
    iommu: 'intel',
    parts: [bridge('pcie-root-port', '4.0', [leaf('e1000e')])],
    guest: { before: clearAcs('0000:00:04.0') },
    differs: 'acs-changed-after-boot',
    smoke: ['6.1'],
  },
  {
    name: 'acs-cleared-and-set-again',
    shows: 'The same register written back: no difference',
    iommu: 'intel',
    parts: [bridge('pcie-root-port', '4.0', [leaf('e1000e')])],
    guest: { before: `${clearAcs('0000:00:04.0')}\n${writeAcs('0000:00:04.0', '\\035\\000')}` },
  },
];

/** The ACS capability of QEMU's root port begins at 0x148; its control word is 6 further. */
function clearAcs(bdf: string): string {
  return writeAcs(bdf, '\\000\\000');
}

function writeAcs(bdf: string, bytes: string): string {
  return `printf '${bytes}' | dd of=/sys/bus/pci/devices/${bdf}/config bs=1 seek=334 conv=notrunc 2>/dev/null`;
}
