import type { FileKind } from './file-kind.ts';
import { HexDump } from './hex-dump.ts';
import { redactLine, type Redaction } from './redact-line.ts';
import { TableColumns } from './table-columns.ts';

const KEY_BEGINS = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
const KEY_ENDS = /-----END [A-Z ]*PRIVATE KEY-----/;

/** Redacts a text line by line: what stretches over lines is held until it is complete. */
export class TextRedactor {
  readonly #kind: FileKind;
  readonly #redaction: Redaction;
  readonly #dump = new HexDump();
  readonly #columns = new TableColumns();
  #isInKey = false;
  #lines = 0;

  constructor(kind: FileKind, redaction: Redaction) {
    this.#kind = kind;
    this.#redaction = redaction;
  }

  /** @returns What can be written by now; may be empty. */
  push(line: string): string {
    this.#lines++;
    if (this.#dump.take(line)) return '';
    const before = this.#dump.end(this.#redaction.notes).join('');
    if (this.#dump.take(line)) return before;
    const text = this.#redact(line);
    if (text !== line) this.#redaction.notes.change();
    return before + text;
  }

  /** What was held, where the text ends. */
  end(): string {
    return this.#dump.end(this.#redaction.notes).join('');
  }

  #redact(line: string): string {
    // The first line of /proc/net/route has the names of the columns.
    if (this.#kind === 'route' && this.#lines === 1) return line;
    const { book } = this.#redaction;
    if (this.#isInKey && !KEY_ENDS.test(line)) return secretLine(line, this.#redaction);
    this.#isInKey = KEY_BEGINS.test(line) && !KEY_ENDS.test(line);
    if (this.#kind === 'manifest') {
      return redactLine(line, 'manifest', this.#redaction).replace(
        /("redacted": *)false/,
        '$1true',
      );
    }
    return redactLine(this.#columns.redact(line, book), this.#kind, this.#redaction);
  }
}

/** A line of a private key. */
function secretLine(line: string, { book }: Redaction): string {
  const text = line.trim();
  const shown = book.protect(text);
  if (text === '' || shown !== text) return line;
  return line.replace(text, () => book.show(book.token('secret', text, text)));
}
