import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type { HypervisorFacts } from '../../shared/processors.ts';
import { readNames } from './read-entries.ts';
import { readText } from './read-text.ts';
import type { Source } from './source.ts';

const UNITS = 'sys/class/iommu';

/** Reads which programs start virtual machines, and what the IOMMU lets them map. */
export function readHypervisor(source: Source): HypervisorFacts {
  return {
    // `virsh version` has a line for the library; `virsh --version` is the number alone.
    libvirt: readVersion(source, 'libvirt', /(?:library: libvirt |^)(\d+\.\d+\.\d+)/m),
    qemu: readVersion(source, 'qemu', /\bversion (\d+\.\d+\.\d+)/),
    iommuAddressBits: readAddressBits(source),
  };
}

/** The collector asks the programs; a reading of files alone does not know. */
function readVersion(source: Source, program: string, pattern: RegExp): Fact<string> {
  if (source.manifest === undefined) return unreadable('NOT_RECORDED');
  const text = readText(source, `airlock/${program}`);
  if (text === undefined || isUnreadable(text)) return text;
  return pattern.exec(text)?.[1] ?? unreadable('MALFORMED');
}

function readAddressBits(source: Source): Fact<number> {
  const names = readNames(source, UNITS);
  if (names === undefined || isUnreadable(names)) return names;
  const units = names.filter((name) => /^dmar\d+$/.test(name));
  const facts = units.map((unit) =>
    addressBitsOf(readText(source, `${UNITS}/${unit}/intel-iommu/cap`)),
  );
  const unread = facts.find(isUnreadable);
  const bits = facts.map(known).filter((one) => one !== undefined);
  return unread ?? (bits.length === 0 ? undefined : Math.min(...bits));
}

/** Bits of the supported adjusted guest address widths, deepest first. */
const WIDTHS = [
  [1n << 11n, 57],
  [1n << 10n, 48],
  [1n << 9n, 39],
] as const;

/**
 * Reads the capability register, hexadecimal without prefix.
 *
 * @see Intel Virtualization Technology for Directed I/O, "Capability Register": MGAW and SAGAW;
 *   Linux drivers/iommu/intel/iommu.c, `cap_show()`
 */
function addressBitsOf(text: Fact<string>): Fact<number> {
  if (text === undefined || isUnreadable(text)) return text;
  if (!/^[0-9a-f]{1,16}$/.test(text)) return unreadable('MALFORMED');
  const capability = BigInt(`0x${text}`);
  const most = Number((capability >> 16n) & 0x3fn) + 1;
  const table = WIDTHS.find(([bit]) => (capability & bit) !== 0n)?.[1];
  return table === undefined ? unreadable('MALFORMED') : Math.min(most, table);
}
