import { isUnreadable, known } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';
import type { ProviderKind } from '../../shared/isolation.ts';

/** Whether an IOMMU works, and which rules it forms groups by. */
export interface IommuState {
  readonly provider: ProviderKind;
  /** GR-30: a unit is registered, or a function lies behind one. */
  readonly isActive: boolean;
  /**
   * `off`: firmware describes an IOMMU that the kernel does not use; `absent`: no sign of one;
   * `unseen`: the source cannot say.
   */
  readonly state: 'active' | 'off' | 'absent' | 'unseen';
  /** The file that tells. */
  readonly evidence: string;
}

const PCI_ADDRESS = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/;

/** Finds the kind and state of a host's IOMMU. */
export function detectIommu(host: Host): IommuState {
  const units = unitNames(host);
  if (units.length > 0) {
    return {
      provider: providerOfUnits(units, host),
      isActive: true,
      state: 'active',
      evidence: `sys/class/iommu: ${units.slice(0, 4).join(', ')}${units.length > 4 ? ', …' : ''}`,
    };
  }
  if (showsGroups(host)) {
    return {
      provider: providerByFirmware(host) ?? 'generic',
      isActive: true,
      state: 'active',
      evidence: 'sys/kernel/iommu_groups is not empty',
    };
  }
  return inactive(host);
}

/** Names of `sys/class/iommu`, or those that functions link to where the class is not shown. */
export function unitNames(host: Host): readonly string[] {
  const listed = known(host.iommu.units) ?? [];
  if (listed.length > 0) return listed;
  const linked = host.functions
    .map((fn) => known(fn.iommuUnit))
    .filter((unit) => unit !== undefined);
  return [...new Set(linked)].sort();
}

/** Groups named vfio-noiommu are VFIO's own and no sign of an IOMMU. */
function showsGroups(host: Host): boolean {
  const groups = known(host.observedGroups) ?? [];
  return groups.some((group) => known(group.name) !== 'vfio-noiommu' && group.members.length > 0);
}

function inactive(host: Host): IommuState {
  const firmware = providerByFirmware(host);
  const { acpiTables, units } = host.iommu;
  const listed = isUnreadable(acpiTables) ? undefined : acpiTables;
  const table = listed?.find((name) => name in TABLE_PROVIDER);
  if (table !== undefined) {
    return {
      provider: TABLE_PROVIDER[table] ?? 'generic',
      isActive: false,
      state: 'off',
      evidence: `sys/firmware/acpi/tables/${table} exists, sys/class/iommu is empty`,
    };
  }
  const isUnseen = isUnreadable(units) || (acpiTables !== undefined && isUnreadable(acpiTables));
  return {
    provider: firmware ?? 'none',
    isActive: false,
    state: isUnseen ? 'unseen' : 'absent',
    evidence: isUnseen
      ? 'the source shows neither sys/class/iommu nor the ACPI tables'
      : 'no DMAR, IVRS, IORT or VIOT in sys/firmware/acpi/tables',
  };
}

const TABLE_PROVIDER: Readonly<Record<string, ProviderKind>> = {
  DMAR: 'intel-vtd',
  IVRS: 'amd-vi',
  IORT: 'smmu-v3',
  VIOT: 'virtio-iommu',
};

/** GR-31: the name of a unit tells its driver. */
function providerOfUnits(units: readonly string[], host: Host): ProviderKind {
  const first = units[0] ?? '';
  if (/^dmar\d+$/.test(first)) return 'intel-vtd';
  if (/^ivhd\d+$/.test(first)) return 'amd-vi';
  if (first.startsWith('smmu3.')) return 'smmu-v3';
  if (first.startsWith('smmu.')) return 'smmu-v2';
  if (first.startsWith('iommu-phb')) return powerProvider(host);
  if (first.startsWith('s390-iommu')) return 's390';
  if (PCI_ADDRESS.test(first) || /^virtio\d+$/.test(first)) return 'virtio-iommu';
  return 'generic';
}

/** Under PowerVM and KVM the hypervisor gives partitionable endpoints, on bare metal skiboot does. */
function powerProvider(host: Host): ProviderKind {
  const platform = known(host.iommu.platform) ?? '';
  return /pseries|chrp/i.test(platform) ? 'power-pseries' : 'power-powernv';
}

function providerByFirmware(host: Host): ProviderKind | undefined {
  const architecture = known(host.iommu.architecture) ?? '';
  if (architecture.startsWith('s390')) return 's390';
  if (architecture.startsWith('ppc64')) return powerProvider(host);
  const table = known(host.iommu.acpiTables)?.find((name) => name in TABLE_PROVIDER);
  if (table !== undefined) return TABLE_PROVIDER[table];
  const vendor = known(host.iommu.cpuVendor);
  if (vendor === 'GenuineIntel') return 'intel-vtd';
  if (vendor === 'AuthenticAMD' || vendor === 'HygonGenuine') return 'amd-vi';
  return undefined;
}
