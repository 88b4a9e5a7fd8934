import type { BootFacts } from '../../../shared/boot-facts.ts';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import { textBefore } from './boot-files.ts';
import type { FileChange } from './boot-plan.ts';
import { unifiedDiff } from './unified-diff.ts';

/** A blank or a line feed in a name would make another file of it in the header of a diff. */
const PLAIN_PATH = /^[\x21-\x7e]+$/;

/**
 * Plans the change of one file.
 *
 * @param change - Makes the new text of the old one, which is undefined where there is no file.
 */
export function changeFile(
  facts: BootFacts,
  path: string,
  change: (before: string | undefined) => string,
): Result<FileChange, Failure<'unreadable-file'>> {
  if (!PLAIN_PATH.test(path)) {
    const shown = path.replaceAll(/[^\x21-\x7e]/g, '?');
    return failure(
      'unreadable-file',
      `Cannot plan a change of /${shown}: its name would not survive in a diff`,
    );
  }
  const before = textBefore(facts, path);
  if (!before.ok) return before;
  return ok(makeChange(path, before.value, change(before.value)));
}

/** The change that gives back what another one did. */
export function reverseChange({ path, before, after }: FileChange): FileChange {
  return makeChange(path, after, before);
}

function makeChange(path: string, before: string | undefined, after: string | undefined) {
  return { path, before, after, diff: unifiedDiff(path, before, after) };
}
