import { isUnreadable, type Fact } from '../../shared/fact.ts';
import { FULL_LSPCI } from '../../shared/full-lspci.ts';
import type { ObservedGroup, PciFunction } from '../../shared/host.ts';
import type { FactSheet } from './fact-sheet.ts';

/** Where nothing but the groups is missing. */
const GROUPS = 'find /sys/kernel/iommu_groups -type l';

/** Reports what the report lacks of many functions, each with its one cause. */
export function reportMissing(
  sheet: FactSheet,
  functions: readonly PciFunction[],
  groups: Fact<readonly ObservedGroup[]>,
): void {
  const count = (some: readonly PciFunction[]) =>
    `${some.length} of ${functions.length} PCI functions`;
  const add = (path: string, some: readonly PciFunction[], text: string) => {
    if (some.length > 0) sheet.problems.add('missing', path, `${text} ${count(some)}`);
  };
  add(
    'acs',
    functions.filter(lacksAcs),
    'The report does not show whether ACS is there and on for',
  );
  add('ids', functions.filter(lacksIds), 'The report has no vendor and device ids of');
  add('topology', functions.filter(isGuessed), 'The report does not show what is above');
  if (isUnreadable(groups)) {
    sheet.problems.add(
      'missing',
      'groups',
      `The report shows no IOMMU groups: ${GROUPS} prints them`,
    );
  }
  if (sheet.mixedIds > 0) {
    const text = `${sheet.mixedIds} ids differ between parts of the report: it seems to hold two hosts, or one before and after a change`;
    sheet.problems.add('contradiction', 'hosts', text);
  }
}

/** The one line to ask the sender for; `undefined` where nothing that decides is missing. */
export function missingCommand(functions: readonly PciFunction[]): string | undefined {
  return functions.some((fn) => lacksAcs(fn) || lacksIds(fn) || isGuessed(fn))
    ? FULL_LSPCI
    : undefined;
}

function lacksAcs({ config }: PciFunction): boolean {
  if (config === undefined || isUnreadable(config)) return true;
  return isUnreadable(config.pcie) || isUnreadable(config.acs);
}

function lacksIds({ vendorId, deviceId }: PciFunction): boolean {
  return isUnreadable(vendorId) || isUnreadable(deviceId);
}

function isGuessed({ inferred }: PciFunction): boolean {
  return inferred?.includes('topology') === true;
}
