import { isUnreadable, unreadable, type Fact } from '../../shared/fact.ts';
import type { IommuFacts, IvrsAlias } from '../../shared/host.ts';
import { parseIvrs } from '../pci/parse-ivrs.ts';
import { ACPI_TABLE_BYTES } from './limits.ts';
import type { ProblemList } from './problem-list.ts';
import { readText } from './read-text.ts';
import { missingFact, type Source } from './source.ts';

const TABLES = 'sys/firmware/acpi/tables';
/** ACPI tables that describe IOMMUs: Intel, AMD, ARM, virtio. */
const IOMMU_TABLES = new Set(['DMAR', 'IVRS', 'IORT', 'VIOT']);

/** Reads what the kernel and the firmware say about IOMMUs. */
export function readIommuFacts(
  source: Source,
  problems: ProblemList,
): Pick<IommuFacts, 'units' | 'acpiTables' | 'ivrsAliases'> {
  const acpiTables = readTableNames(source);
  return {
    units: readUnits(source),
    acpiTables,
    ivrsAliases: readIvrs(source, problems, acpiTables),
  };
}

function readUnits(source: Source): Fact<readonly string[]> {
  const units = source.list('sys/class/iommu');
  return units.ok ? units.value.toSorted() : missingFact(source, units.error);
}

/**
 * The collector notes all names in a file of its own, because it takes the content of few tables.
 */
function readTableNames(source: Source): Fact<readonly string[]> {
  const noted = source.manifest && readText(source, 'airlock/acpi-tables');
  if (noted !== undefined && !isUnreadable(noted)) return iommuTables(noted.split('\n'));
  const names = source.list(TABLES);
  return names.ok ? iommuTables(names.value) : missingFact(source, names.error);
}

function iommuTables(names: readonly string[]): readonly string[] {
  return names.filter((name) => IOMMU_TABLES.has(name)).toSorted();
}

/** The content of the table is for root only; its name is not. */
function readIvrs(
  source: Source,
  problems: ProblemList,
  acpiTables: Fact<readonly string[]>,
): Fact<readonly IvrsAlias[]> {
  if (acpiTables === undefined || isUnreadable(acpiTables)) return acpiTables;
  if (!acpiTables.includes('IVRS')) return undefined;
  const path = `${TABLES}/IVRS`;
  const content = source.read(path, ACPI_TABLE_BYTES);
  if (!content.ok) {
    problems.addUnreadable(path, content.error);
    return missingFact(source, content.error) ?? unreadable('NOT_RECORDED');
  }
  // An empty file: whoever made the tree had the name and no right to the content.
  if (content.value.length === 0) return unreadable('NOT_RECORDED');
  const aliases = parseIvrs(content.value);
  if (isUnreadable(aliases)) problems.addMalformed(path, 'bytes that are no IVRS table');
  return aliases;
}
