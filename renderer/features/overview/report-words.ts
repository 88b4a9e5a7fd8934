import type { ReportView } from '../../../shared/view.ts';

type Part = ReportView['parts'][number];
type Fact = ReportView['facts'][number];

/** What a part of a report is called. */
export const REPORT_KINDS: Readonly<Record<Part['kind'], string>> = {
  lspci: 'lspci',
  'lspci-records': 'lspci -vmm',
  'lspci-tree': 'lspci -t',
  'group-listing': 'listing of IOMMU groups',
  'kernel-log': 'kernel log',
  'system-text': 'facts of the system',
  'node-device': 'virsh nodedev',
  facter: 'nixos-facter',
  udev: 'udevadm export',
};

/** Where a fact is from. */
export const ORIGINS: Readonly<Record<Fact['origins'][number]['origin'], string>> = {
  'config-space': 'configuration space',
  sysfs: 'sysfs',
  lspci: 'words of lspci',
  'node-device': 'virsh nodedev',
  facter: 'nixos-facter',
  udev: 'udev',
  'kernel-log': 'kernel log',
  'lspci-tree': 'drawing of lspci -t',
  inferred: 'concluded from other facts',
};

/** What the facts are called that decide. */
export const FACTS: Readonly<Record<Fact['fact'], string>> = {
  ids: 'Vendor and device ids',
  class: 'Class',
  driver: 'Driver',
  group: 'IOMMU group',
  acs: 'ACS',
  place: 'Place in the topology',
};
