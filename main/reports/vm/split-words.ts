const WORD = /(?:[^\s'"\\]+|'[^']*'|"(?:[^"\\]|\\[^])*"|\\[^])+/g;
const PIECE = /'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|([^\s'"\\]+)/g;

/**
 * Splits a line as a shell does: quotes and backslashes are taken away. Variables stay as they are
 * written, and nothing is run. A quote that never ends belongs to no word.
 *
 * @see POSIX Shell Command Language, "Quoting"
 */
export function splitWords(line: string): readonly string[] {
  return [...line.matchAll(WORD)].map(([word]) =>
    word.replaceAll(
      PIECE,
      (_all, single?: string, double?: string, escaped?: string, plain?: string) =>
        single ?? double?.replaceAll(/\\(["\\$`])/g, '$1') ?? escaped ?? plain ?? '',
    ),
  );
}

/** Lines of a script, those that a backslash continues in one piece. */
export function logicalLines(text: string): readonly string[] {
  return text.replaceAll(/\r/g, '').replaceAll(/\\\n/g, ' ').split('\n');
}
