import { isUnreadable, known } from '../../../shared/fact.ts';
import type { Host, PciFunction } from '../../../shared/host.ts';
import { variantModules } from '../../engine/variant-drivers.ts';
import { findTarget, type TargetDriver } from './step-words.ts';

/** The driver that a function gets. */
export interface Target {
  readonly driver: TargetDriver;
  /** What the reader of the plan should know about the choice; full sentences. */
  readonly notes: readonly string[];
}

/**
 * Chooses the vfio variant driver that the running kernel's modules name for a function, and
 * vfio-pci where none is named.
 */
export function chooseTarget(fn: PciFunction, host: Host): Target {
  const aliases = host.machine?.setup.vfioAliases;
  if (aliases === undefined || isUnreadable(aliases)) {
    const note = `Whether this host has a VFIO driver made for ${idsText(fn)} is not known: lib/modules/*/modules.alias was not read. The plan uses vfio-pci.`;
    return { driver: 'vfio-pci', notes: [note] };
  }
  const [first] = variantModules(fn, aliases);
  if (first === undefined) return { driver: 'vfio-pci', notes: [] };
  const driver = findTarget(first);
  if (driver !== undefined) return { driver, notes: [] };
  const note = `The kernel has the VFIO driver ${first} for ${idsText(fn)}, which this version does not bind. The plan uses vfio-pci.`;
  return { driver: 'vfio-pci', notes: [note] };
}

function idsText({ vendorId, deviceId }: PciFunction): string {
  return [vendorId, deviceId]
    .map((id) => known(id)?.toString(16).padStart(4, '0') ?? '????')
    .join(':');
}
