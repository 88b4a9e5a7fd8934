import type { Fixup } from './fixups.ts';
import type { KernelTables } from './kernel-tables.ts';
import { ACS_OPS } from './known-functions.ts';
import type { FileRow, QuirkFiles } from './quirk-files.ts';

/** The package that the made-up kernel is of; a witness in {@link FILES}. */
export const BANNER = banner('6.1.0-56-amd64', '6.1.192-2');

/** What `linux_banner` of a Debian kernel looks like. */
export function banner(release: string, packageVersion: string): string {
  return `Linux version ${release} (gcc-12 (Debian 12.2.0-14+deb12u1) 12.2.0) #1 SMP Debian ${packageVersion} (2026-11-16)`;
}

/** A small kernel that agrees with {@link FILES}; fields of `more` take the place of its own. */
export function makeTables(more: Partial<KernelTables> = {}): KernelTables {
  return {
    banner: BANNER,
    fixups: [
      fixup('1b4b', '9172', 'quirk_dma_func1_alias'),
      fixup('8086', '244e', 'quirk_use_pcie_bridge_dma_alias'),
      fixup('10de', 'ANY', 'quirk_no_bus_reset'),
    ],
    hookEffects: new Map([
      ['quirk_dma_func1_alias', ['pci_add_dma_alias']],
      ['quirk_use_pcie_bridge_dma_alias', ['PCI_DEV_FLAG_PCIE_BRIDGE_ALIAS']],
      ['quirk_no_bus_reset', ['PCI_DEV_FLAGS_NO_BUS_RESET']],
    ]),
    acsRows: [
      { vendor: '1002', device: '4385', kernelFunction: 'pci_quirk_amd_sb_acs' },
      { vendor: '8086', device: 'ANY', kernelFunction: 'pci_quirk_rciep_acs' },
      { vendor: '8086', device: 'ANY', kernelFunction: 'pci_quirk_intel_pch_acs' },
    ],
    acsDevices: [
      { vendor: '8088', device: '0100-010f', kernelFunction: 'pci_quirk_wangxun_nic_acs' },
    ],
    acsOps: ACS_OPS,
    intelPchIds: ['3b42'],
    fixedAliases: [
      { vendor: '9005', device: '0285', subvendor: '9005', subdevice: '02bb', devfn: '08' },
    ],
    ...more,
  };
}

export function fixup(vendor: string, device: string, hook: string): Fixup {
  const rest = { classCode: undefined, classShift: 0, stage: 'header', hookAddress: 0 };
  return { vendor, device, hook, ...rest };
}

const ABOUT = 'Made up.';

/** Tables that agree with {@link makeTables}. */
export const FILES: QuirkFiles = {
  witnesses: [
    { id: '6.0.0', kind: 'source tree' },
    { id: 'debian-6.1.192', kind: 'binary of the Debian package', package: '6.1.192-2' },
    { id: 'debian-7.3.4', kind: 'binary of the Debian package', package: '7.3.4-1~bpo13+1' },
  ],
  tables: {
    'acs-devices': [
      row({
        vendor: '8088',
        device: '0100-010f',
        kernelFunction: 'pci_quirk_wangxun_nic_acs',
      }),
    ],
    'acs-quirks': [
      acsRow('1002', '4385', 'amd-southbridge', 'pci_quirk_amd_sb_acs'),
      acsRow('8086', 'ANY', 'intel-rciep', 'pci_quirk_rciep_acs'),
      acsRow('8086', 'ANY', 'intel-pch', 'pci_quirk_intel_pch_acs'),
    ],
    'alias-quirks': [
      row({
        vendor: '1b4b',
        device: '9172',
        alias: 'function-1',
        kernelFunction: 'quirk_dma_func1_alias',
      }),
    ],
    'bridge-flags': [
      row({
        vendor: '8086',
        device: '244e',
        flag: 'alias-as-bridge',
        kernelFunction: 'quirk_use_pcie_bridge_dma_alias',
      }),
    ],
    'fixed-aliases': [
      row({ vendor: '9005', device: '0285', subvendor: '9005', subdevice: '02bb', devfn: '08' }),
    ],
    'intel-pch-ports': [row({ device: '3b42' })],
  },
  about: {
    'acs-devices': ABOUT,
    'acs-quirks': ABOUT,
    'alias-quirks': ABOUT,
    'bridge-flags': ABOUT,
    'fixed-aliases': ABOUT,
    'intel-pch-ports': ABOUT,
    witnesses: ABOUT,
  },
};

export function row(fields: FileRow['fields'], seenIn: FileRow['seenIn'] = 'all'): FileRow {
  return { fields, seenIn };
}

export function acsRow(vendor: string, device: string, check: string, kernelFunction: string) {
  return row({ vendor, device, check, kernelFunction });
}
