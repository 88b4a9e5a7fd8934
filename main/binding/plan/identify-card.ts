import { isUnreadable, type Fact } from '../../../shared/fact.ts';
import type { PciFunction } from '../../../shared/host.ts';
import type { CardIdentity } from './step.ts';

/** The identity of a card, or the names of the files that would tell it. */
export type Identification =
  | { readonly card: CardIdentity; readonly missing: undefined }
  | { readonly card: undefined; readonly missing: readonly string[] };

/**
 * Says what must be at an address for a plan to touch it.
 *
 * @returns The names of the sysfs files that were not read, where one of ids, subsystem and class
 *   is not known: a guard with a hole is none. A card without subsystem ids reads `0000:0000`.
 * @see Linux drivers/pci/probe.c, `pci_setup_device()`
 */
export function identifyCard(fn: PciFunction): Identification {
  const facts: readonly (readonly [string, Fact<number>])[] = [
    ['vendor', fn.vendorId],
    ['device', fn.deviceId],
    ['subsystem_vendor', fn.subsystem],
    ['class', fn.classCode],
  ];
  const missing = facts.flatMap(([name, fact]) =>
    typeof fact === 'number' || (name === 'subsystem_vendor' && fact === undefined) ? [] : [name],
  );
  if (missing.length > 0) return { card: undefined, missing };
  const value = (fact: Fact<number>) => (fact === undefined || isUnreadable(fact) ? 0 : fact);
  const subsystem = value(fn.subsystem);
  const card = {
    bdf: fn.bdf,
    ids: `${hex(value(fn.vendorId), 4)}:${hex(value(fn.deviceId), 4)}`,
    subsystem: `${hex(subsystem >>> 16, 4)}:${hex(subsystem & 0xffff, 4)}`,
    classCode: hex(value(fn.classCode), 6),
    slot: slotOf(fn),
  };
  return { card, missing: undefined };
}

/** A name that the format cannot carry is left out: the guard then has one fact less. */
function slotOf({ details }: PciFunction): string | undefined {
  const name = details?.physicalSlot;
  return name !== undefined && /^[A-Za-z0-9_-]{1,32}$/.test(name) && name !== '-'
    ? name
    : undefined;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
