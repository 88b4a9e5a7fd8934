import { isUnreadable, unreadable, type Fact } from '../../shared/fact.ts';
import { missingFact, type Source } from './source.ts';

/** One entry of a class directory, which is a link to the directory of the device. */
export interface ClassEntry {
  readonly name: string;
  /** The text of the link. */
  readonly target: string;
}

/** Entries of one directory of sysfs that are read at most; a host has some hundred. */
const MAX_ENTRIES = 20_000;

/**
 * Lists the links in a directory of sysfs, sorted by name. What is no link is left out.
 *
 * @returns Empty where a complete source has no such directory: no driver has made the class.
 */
export function readEntries(source: Source, directory: string): Fact<readonly ClassEntry[]> {
  const names = readNames(source, directory);
  if (names === undefined || isUnreadable(names)) return names;
  return names.flatMap((name) => {
    const link = source.readLink(`${directory}/${name}`);
    return link.ok ? [{ name, target: link.value }] : [];
  });
}

/** Lists the names in a directory, sorted; empty where a complete source has none. */
export function readNames(source: Source, directory: string): Fact<readonly string[]> {
  const names = source.list(directory);
  if (!names.ok) return missingFact(source, names.error) ?? [];
  return names.value.length > MAX_ENTRIES ? unreadable('EFBIG') : names.value.toSorted();
}
