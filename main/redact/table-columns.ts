import { isVersionWord } from './rules/ip4.ts';
import { holdsMark, type TokenBook, type TokenKind } from './token-book.ts';

interface Column {
  readonly kind: TokenKind;
  readonly start: number;
}

/** Columns of `lsblk`, `blkid -o list` and their like that hold what is unique. */
const COLUMNS: Readonly<Record<string, TokenKind>> = {
  LABEL: 'label',
  PARTLABEL: 'label',
  SERIAL: 'serial',
  WWN: 'serial',
  UUID: 'uuid',
};
const HEADER = /^[ \t]*NAME\b.*(?<= )(?:LABEL|PARTLABEL|SERIAL|WWN|UUID)(?![\w-])/;

/** Finds unique things by the column of a table that they stand in. */
export class TableColumns {
  #columns: readonly Column[] = [];

  /** Redacts the cells of a line, where it belongs to a table. */
  redact(line: string, book: TokenBook): string {
    if (HEADER.test(line)) {
      this.#columns = columnsOf(line);
      return line;
    }
    if (this.#columns.length === 0) return line;
    if (line.trim() === '') {
      this.#columns = [];
      return line;
    }
    return redactCells(line, this.#columns, book);
  }
}

function columnsOf(header: string): readonly Column[] {
  return [...header.matchAll(/[\w-]+/g)].flatMap(({ 0: name, index }) => {
    const kind = COLUMNS[name];
    return kind === undefined ? [] : [{ kind, start: index }];
  });
}

/** From the last column on, so that a token of another length moves nothing that is looked at. */
function redactCells(line: string, columns: readonly Column[], book: TokenBook): string {
  // Lines of a tree are drawn with characters of three bytes; a table counts one for each.
  const drawn = Buffer.from(line, 'latin1').toString('utf8');
  let text = drawn;
  for (const { kind, start } of columns.toReversed()) {
    const cell = /^[^\s]+/.exec(text.slice(start))?.[0] ?? '';
    if (cell === '' || !/[\s]/.test(text[start - 1] ?? ' ')) continue;
    const value = Buffer.from(cell, 'utf8').toString('latin1');
    if (
      value.length < 3 ||
      isVersionWord(value) ||
      holdsMark(value) ||
      book.protect(value) !== value
    )
      continue;
    const token = book.show(book.token(kind, value));
    const rest = text.slice(start + cell.length);
    const room = /^ */.exec(rest)?.[0].length ?? 0;
    const spare = cell.length - token.length;
    const padding = spare >= 0 ? ' '.repeat(spare) : '';
    const taken = spare < 0 ? Math.min(-spare, Math.max(0, room - 1)) : 0;
    text = text.slice(0, start) + token + (rest.trim() === '' ? rest : padding + rest.slice(taken));
  }
  return text === drawn ? line : Buffer.from(text, 'utf8').toString('latin1');
}
