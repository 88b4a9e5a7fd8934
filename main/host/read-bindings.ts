import { unreadable, type Fact } from '../../shared/fact.ts';
import type { Bdf } from '../../shared/bdf.ts';
import type { Host } from '../../shared/host.ts';
import { ok, type Result } from '../../shared/result.ts';
import { exactBdf } from './device-path.ts';
import { PCI_DEVICES } from './locate-function.ts';
import { readLinkName } from './read-text.ts';
import type { Source, SourceError } from './source.ts';

/** Who has a function: what changes while a host runs. */
export interface Binding {
  readonly driver: Fact<string>;
  readonly groupId: Fact<string>;
}

export type Bindings = ReadonlyMap<Bdf, Binding>;

/**
 * Reads who has each function, by the names of directories and the texts of links alone: these
 * never wait for the lock of a device, which a driver may hold without end, and cost microseconds.
 * `driver_override` does wait, and is not looked at.
 *
 * @returns Fails where the functions cannot be listed.
 * @see Linux v6.12 fs/kernfs/symlink.c, `kernfs_iop_get_link()`, and drivers/base/dd.c,
 *   `driver_sysfs_add()`; the lock: drivers/pci/pci-sysfs.c, `driver_override_show()`
 */
export function readBindings(source: Source): Result<Bindings, SourceError> {
  const names = source.list(PCI_DEVICES);
  if (!names.ok) return names;
  const groups = source.list('sys/kernel/iommu_groups');
  // Each look that fails costs as much as ten that do not.
  const hasGroups = groups.ok && groups.value.length > 0;
  const bindings = new Map<Bdf, Binding>();
  for (const name of names.value) {
    const bdf = exactBdf(name);
    if (bdf === undefined) continue;
    const path = `${PCI_DEVICES}/${bdf}`;
    bindings.set(bdf, {
      driver: readLinkName(source, `${path}/driver`, undefined),
      groupId: hasGroups ? readLinkName(source, `${path}/iommu_group`, undefined) : undefined,
    });
  }
  return ok(bindings);
}

/** The same of a reading; what the reading does not say is unreadable. */
export function bindingsOf({ functions }: Host): Bindings {
  return new Map(
    functions.map(({ bdf, details, iommuGroupId }) => [
      bdf,
      {
        driver: details === undefined ? unreadable('NOT_RECORDED') : details.driver,
        groupId: iommuGroupId,
      },
    ]),
  );
}
