import type { BootFacts } from '../../../shared/boot-facts.ts';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';

/** Whether something is at a path: `undefined` where that is not known. */
export function isThere(facts: BootFacts, path: string): boolean | undefined {
  const entry = entryAt(facts, path);
  if (entry === undefined) return facts.isComplete ? false : undefined;
  return entry.state === 'unreadable' ? undefined : true;
}

/** The text of a file where it was read; for detection, never as proof that there is none. */
export function findText(facts: BootFacts, path: string): string | undefined {
  const entry = entryAt(facts, path);
  return entry?.state === 'text' ? entry.text : undefined;
}

/**
 * The text of a file that is about to change.
 *
 * @returns Undefined where the file is absent; fails with `unreadable-file` where that is unknown,
 *   or something is there that was not read.
 */
export function textBefore(
  facts: BootFacts,
  path: string,
): Result<string | undefined, Failure<'unreadable-file'>> {
  const entry = entryAt(facts, path);
  if (entry?.state === 'text') return ok(entry.text);
  if (entry === undefined && facts.isComplete) return ok(undefined);
  const reason =
    entry?.state === 'unreadable'
      ? `it could not be read (${entry.errno})`
      : 'the source does not say what is there. A plan for the boot needs the host itself, ssh:// or a snapshot by airlock scan';
  return failure('unreadable-file', `Cannot plan a change of /${path}: ${reason}`);
}

/** Paths that are there, by pattern, sorted. */
export function findPaths(facts: BootFacts, pattern: RegExp): readonly string[] {
  return Object.keys(facts.files)
    .filter((path) => pattern.test(path) && isThere(facts, path) === true)
    .toSorted();
}

/** The path of a program, in the folders where distributions have them. */
export function findTool(facts: BootFacts, name: string): string | undefined {
  return TOOL_FOLDERS.map((folder) => `${folder}/${name}`).find(
    (path) => isThere(facts, path) === true,
  );
}

const TOOL_FOLDERS = ['usr/bin', 'usr/sbin', 'bin', 'sbin', 'usr/local/bin', 'usr/local/sbin'];

/** `own` only: a path such as `constructor` is none that was read. */
function entryAt(facts: BootFacts, path: string) {
  return Object.hasOwn(facts.files, path) ? facts.files[path] : undefined;
}
