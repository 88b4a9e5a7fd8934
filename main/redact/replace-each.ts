/** What stands around a match; a rule judges by it. */
export interface Around {
  /** At most {@link CONTEXT} characters before the match, as they are by now. */
  readonly before: string;
  readonly after: string;
}

/** Rules look at the words around; more would make long lines slow. */
const CONTEXT = 64;

/**
 * Replaces matches of a pattern one by one.
 *
 * @param judge - What comes in place of the match; the match itself where it stays.
 */
export function replaceEach(
  text: string,
  pattern: RegExp,
  judge: (match: string, around: Around) => string,
): string {
  let out = '';
  let done = 0;
  for (const { 0: match, index } of text.matchAll(pattern)) {
    const end = index + match.length;
    const before = text.slice(Math.max(0, index - CONTEXT), index);
    const after = text.slice(end, end + CONTEXT);
    out += text.slice(done, index) + judge(match, { before, after });
    done = end;
  }
  return done === 0 ? text : out + text.slice(done);
}
