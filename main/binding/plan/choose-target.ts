import { isUnreadable, known } from '../../../shared/fact.ts';
import type { Host, PciFunction } from '../../../shared/host.ts';
import type { VfioAlias } from '../../../shared/kernel-setup.ts';
import { findTarget, type TargetDriver } from './step-words.ts';

/** The driver that a function gets. */
export interface Target {
  readonly driver: TargetDriver;
  /** What the reader of the plan should know about the choice; full sentences. */
  readonly notes: readonly string[];
}

/**
 * Chooses the vfio variant driver that the running kernel's modules name for a function, and
 * vfio-pci where none is named. Of several the one with the fewest wildcards wins, as in libvirt.
 *
 * @see Linux v5.15 commit "PCI: Add driver_override_only": aliases `vfio_pci:` are for such drivers
 */
export function chooseTarget(fn: PciFunction, host: Host): Target {
  const aliases = host.machine?.setup.vfioAliases;
  if (aliases === undefined || isUnreadable(aliases)) {
    const note = `Whether this host has a VFIO driver made for ${idsText(fn)} is not known: lib/modules/*/modules.alias was not read. The plan uses vfio-pci.`;
    return { driver: 'vfio-pci', notes: [note] };
  }
  const named = aliases
    .filter((alias) => alias.module !== 'vfio_pci' && matches(alias, fn))
    .sort((a, b) => wildcards(a) - wildcards(b));
  const [first] = named;
  if (first === undefined) return { driver: 'vfio-pci', notes: [] };
  const driver = findTarget(first.module);
  if (driver !== undefined) return { driver, notes: [] };
  const note = `The kernel has the VFIO driver ${first.module} for ${idsText(fn)}, which this version does not bind. The plan uses vfio-pci.`;
  return { driver: 'vfio-pci', notes: [note] };
}

/** Fields in the order of the alias; `bc`, `sc` and `i` are the bytes of the class code. */
const FIELDS =
  /^v(\*|[0-9A-F]{8})d(\*|[0-9A-F]{8})sv(\*|[0-9A-F]{8})sd(\*|[0-9A-F]{8})bc(\*|[0-9A-F]{2})sc(\*|[0-9A-F]{2})i(\*|[0-9A-F]{2})$/;

/** A field that is not known matches only a wildcard. */
function matches({ pattern }: VfioAlias, fn: PciFunction): boolean {
  const wanted = FIELDS.exec(pattern)?.slice(1);
  if (wanted === undefined) return false;
  const subsystem = known(fn.subsystem);
  const classCode = known(fn.classCode);
  const found = [
    known(fn.vendorId),
    known(fn.deviceId),
    subsystem === undefined ? undefined : subsystem >>> 16,
    subsystem === undefined ? undefined : subsystem & 0xffff,
    classCode === undefined ? undefined : classCode >>> 16,
    classCode === undefined ? undefined : (classCode >>> 8) & 0xff,
    classCode === undefined ? undefined : classCode & 0xff,
  ];
  return wanted.every((word, index) => word === '*' || parseInt(word, 16) === found[index]);
}

function wildcards({ pattern }: VfioAlias): number {
  return pattern.split('*').length;
}

function idsText({ vendorId, deviceId }: PciFunction): string {
  return [vendorId, deviceId]
    .map((id) => known(id)?.toString(16).padStart(4, '0') ?? '????')
    .join(':');
}
