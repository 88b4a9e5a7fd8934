import { known } from '../../shared/fact.ts';
import type { PciFunction } from '../../shared/host.ts';
import type { VfioAlias } from '../../shared/kernel-setup.ts';

/**
 * The modules of VFIO drivers made for a function, by the aliases of the running kernel. The one
 * with the fewest wildcards comes first, as libvirt takes them; `vfio_pci` is none of them.
 *
 * @see Linux v5.15 commit "PCI: Add driver_override_only": aliases `vfio_pci:` are for such drivers
 */
export function variantModules(fn: PciFunction, aliases: readonly VfioAlias[]): readonly string[] {
  return aliases
    .filter((alias) => alias.module !== 'vfio_pci' && matches(alias, fn))
    .sort((a, b) => wildcards(a) - wildcards(b))
    .map(({ module }) => module);
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
