import { applyEdits, type TextEdit } from './text-edit.ts';

/** Changes that take findings of one code away, where that needs no choice of anybody. */
export type Mend = readonly [code: string, mend: (text: string) => readonly TextEdit[]];

/**
 * Corrects in the text of a machine what needs no choice; comments, order and all else stay as they
 * are.
 *
 * @param text - A machine that was read before.
 * @param mends - In the order in which they are made.
 * @param codesOf - The codes that a text has; asked again before each change, because one change may
 *   bring another code: functions that were put together need their first marked.
 */
export function mendText(
  text: string,
  mends: readonly Mend[],
  codesOf: (text: string) => ReadonlySet<string>,
): string {
  return mends.reduce(
    (kept, [code, mend]) => (codesOf(kept).has(code) ? applyEdits(kept, mend(kept)) : kept),
    text,
  );
}
