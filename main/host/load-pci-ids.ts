import { readFileSync } from 'node:fs';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { parsePciIds, pciIdsVersion, type PciNames } from '../pci/pci-ids.ts';
import { PAGE_BYTES } from './limits.ts';
import { quoteName } from './quote-name.ts';
import { FileReader } from './read-file.ts';

/** Where distributions keep the list, the copy that `update-pciids` renews included. */
export const SYSTEM_PCI_IDS = [
  '/usr/share/misc/pci.ids',
  '/usr/share/hwdata/pci.ids',
  '/var/lib/pciutils/pci.ids',
] as const;

/**
 * Loads the newest list of names: the system's or the one shipped with Airlock.
 *
 * @param shippedPath - `pci.ids` in Airlock's assets.
 * @param systemPaths - Other places to look in, for tests.
 * @returns Fails only when no list is there at all.
 */
export function loadPciIds(
  shippedPath: string,
  systemPaths: readonly string[] = SYSTEM_PCI_IDS,
): Result<PciNames, Failure<'no-pci-ids'>> {
  const versions = [shippedPath, ...systemPaths].map((path) => ({
    path,
    version: versionOf(path),
  }));
  for (const { path } of versions.toSorted((a, b) => (a.version < b.version ? 1 : -1))) {
    try {
      return ok(parsePciIds(readFileSync(path, 'utf8')));
    } catch {
      continue;
    }
  }
  return failure(
    'no-pci-ids',
    `Cannot read ${quoteName(shippedPath)} or any other list of PCI names`,
  );
}

/** Versions sort as text; a file without one, or no file, comes last. */
function versionOf(path: string): string {
  const head = new FileReader().read(path, PAGE_BYTES, true);
  return head.ok ? (pciIdsVersion(new TextDecoder('latin1').decode(head.value)) ?? '') : '';
}
