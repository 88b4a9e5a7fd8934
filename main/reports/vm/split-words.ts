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

/** A word in apostrophes, which may hold line ends; one that begins elsewhere may be of prose. */
const QUOTED = String.raw`(?<!\S)'[^']*'(?:\\''[^']*')*`;
const COMMENT = String.raw`^[ \t]*#[^\n]*`;
const JOINT = new RegExp(String.raw`${COMMENT}|${QUOTED}|\\\r?\n`, 'gm');
const LINE = new RegExp(String.raw`(?:${COMMENT}|${QUOTED}|[^\n']+|')+`, 'gm');

/**
 * Lines of a script that are not empty, and where each begins; those that a backslash or a word
 * continues are in one piece.
 */
export function logicalLines(text: string): readonly { readonly text: string; start: number }[] {
  // As many characters as before: places in a line are places in the text.
  const joined = text.replaceAll(JOINT, (piece) =>
    piece.startsWith('\\') ? ' '.repeat(piece.length) : piece,
  );
  return [...joined.matchAll(LINE)].map((line) => ({ text: line[0], start: line.index }));
}
