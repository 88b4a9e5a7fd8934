const WORD = /(?:[^\s'"\\]+|'[^']*'|"(?:[^"\\]|\\[^])*"|\\[^])+/g;
const PIECE = /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)/g;

/** A word, and where it stands with its quotes. */
export interface WordText {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Splits a line as a shell does: quotes and backslashes are taken away. Variables stay as they are
 * written, and nothing is run. A quote that never ends belongs to no word.
 *
 * @param offset - Where the line begins.
 * @see POSIX Shell Command Language, "Quoting"
 */
export function placeWords(line: string, offset = 0): readonly WordText[] {
  return [...line.matchAll(WORD)].map(({ 0: word, index }) => ({
    text: word.replaceAll(
      PIECE,
      (_all, single?: string, double?: string, escaped?: string, plain?: string) =>
        single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '',
    ),
    start: offset + index,
    end: offset + index + word.length,
  }));
}

export function splitWords(line: string): readonly string[] {
  return placeWords(line).map(({ text }) => text);
}

/** Lines of a script, those that a backslash continues in one piece, and where each begins. */
export function logicalLines(text: string): readonly { readonly text: string; start: number }[] {
  let start = 0;
  // As many characters as before: places in a line are places in the text.
  const joined = text.replaceAll(/\\\r?\n/g, (end) => ' '.repeat(end.length));
  return joined.split('\n').map((line) => {
    const placed = { text: line, start };
    start += line.length + 1;
    return placed;
  });
}
