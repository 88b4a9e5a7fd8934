import { isUnreadable, unreadable, type Fact, type Unreadable } from '../../shared/fact.ts';
import { TEXT_BYTES } from './limits.ts';
import { lastComponent } from './link-target.ts';
import type { ProblemList } from './problem-list.ts';
import { missingFact, type Source } from './source.ts';

const NUMBER = /^(0x[0-9a-f]{1,12}|-?\d{1,15})$/i;

/**
 * Reads a text file.
 *
 * @returns Its text without white space at the end; may be empty.
 */
export function readText(source: Source, path: string, limitBytes = TEXT_BYTES): Fact<string> {
  const content = source.read(path, limitBytes);
  if (!content.ok) return missingFact(source, content.error);
  const { buffer, byteOffset, byteLength } = content.value;
  return Buffer.from(buffer, byteOffset, byteLength).toString('utf8').trimEnd();
}

/**
 * Reads a file that every host has, such as `proc/version`: where it is missing, the source did
 * not record it.
 */
export function readExpectedText(source: Source, path: string, limitBytes?: number): Fact<string> {
  const text = readText(source, path, limitBytes);
  return text === undefined || text === '' ? unreadable('NOT_RECORDED') : text;
}

/** Reads a sysfs attribute of one line; `undefined` where it is absent or empty. */
export function readLine(source: Source, path: string): Fact<string> {
  const text = readText(source, path);
  return text === '' ? undefined : text;
}

/**
 * Reads a number: `0x8086`, `1`, `-1`.
 *
 * @param max - The largest number that makes sense.
 * @returns Unreadable with `MALFORMED`, and a problem, when the file holds anything else. The
 *   kernel leaves no such file empty: somebody made the name without the content.
 */
export function readNumber(
  source: Source,
  path: string,
  problems: ProblemList,
  max = Number.MAX_SAFE_INTEGER,
): Fact<number> {
  const text = readText(source, path);
  if (text === undefined || isUnreadable(text)) return text;
  if (text === '') return unreadable('NOT_RECORDED');
  if (NUMBER.test(text) && Number(text) <= max) return Number(text);
  problems.addMalformed(path, text);
  return unreadable('MALFORMED');
}

/**
 * The last component of a link: the name of a driver, a group, an IOMMU unit.
 *
 * @param missing - What it means that there is no such link.
 */
export function readLinkName(
  source: Source,
  path: string,
  missing: Unreadable | undefined,
): Fact<string> {
  const target = source.readLink(path);
  if (target.ok) return lastComponent(target.value) || unreadable('MALFORMED');
  return target.error.code === 'absent' ? missing : unreadable(target.error.errno);
}
