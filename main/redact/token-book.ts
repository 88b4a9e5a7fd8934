/** What a token stands for. */
export type TokenKind =
  'host' | 'user' | 'ip' | 'mac' | 'serial' | 'uuid' | 'label' | 'if' | 'secret';

/** One thing that was replaced. */
export interface TokenEntry {
  readonly kind: TokenKind;
  /** `mac-1`: the form that the collector uses; see `assets/collect/FILES.md`. */
  readonly token: string;
  /** How it was written, at most {@link MAX_SPELLINGS} ways. */
  readonly spellings: readonly string[];
  /** Places where it stood. */
  readonly places: number;
}

const MAX_SPELLINGS = 8;
const MAX_TOKENS = 1_000_000;
/** A token that stands in the text already. `ip-10-0-0-1` is a name, and holds an address. */
const TOKEN =
  /(?<![A-Za-z])(?:(host|user|mac|serial|uuid|label|if|secret)|(ip)(?!-\d+-\d+-\d))-([1-9]\d{0,7})(?!\d)/g;
const MARK = /[\u3000-\u3fff][\u5000-\u5fff]/g;
const FIRST_HIGH = 0x3000;
const FIRST_LOW = 0x5000;
const LOW_VALUES = 0x1000;

interface OpenEntry {
  readonly kind: TokenKind;
  readonly token: string;
  readonly spellings: Set<string>;
  places: number;
}

/**
 * Knows which token stands for what. While a line is worked on, tokens are marks: two characters
 * that no byte of a text gives, and that no rule matches. Lines are strings of bytes (`latin1`).
 */
export class TokenBook {
  readonly #entries = new Map<string, OpenEntry>();
  readonly #markOf = new Map<string, string>();
  readonly #shown: string[] = [];
  readonly #last = new Map<string, number>();

  /** Notes the tokens that a text has already, so that new ones get other numbers. */
  reserve(text: string): void {
    for (const [, named, ip, number] of text.matchAll(TOKEN)) {
      const kind = named ?? ip ?? '';
      this.#last.set(kind, Math.max(this.#last.get(kind) ?? 0, Number(number)));
    }
  }

  /** Turns the tokens that a text has already into marks. */
  protect(text: string): string {
    if (!text.includes('-')) return text;
    return text.replace(TOKEN, (token) => this.#mark(token, token));
  }

  /**
   * The mark for a thing.
   *
   * @param key - What makes two spellings the same thing.
   */
  token(kind: TokenKind, spelling: string, key = spelling.toLowerCase()): string {
    const id = `${kind}\0${key}`;
    const entry = this.#entries.get(id) ?? this.#add(kind, id);
    entry.places++;
    if (entry.spellings.size < MAX_SPELLINGS) entry.spellings.add(this.show(spelling));
    return this.#mark(id, entry.token);
  }

  /** Turns marks into tokens. */
  show(text: string): string {
    return text.replace(
      MARK,
      (mark) =>
        this.#shown[
          (mark.charCodeAt(0) - FIRST_HIGH) * LOW_VALUES + mark.charCodeAt(1) - FIRST_LOW
        ] ?? mark,
    );
  }

  /** What was replaced so far, in order of first appearance. */
  entries(): readonly TokenEntry[] {
    return [...this.#entries.values()].map(({ spellings, ...entry }) => ({
      ...entry,
      spellings: [...spellings].map((text) => Buffer.from(text, 'latin1').toString('utf8')),
    }));
  }

  #add(kind: TokenKind, id: string): OpenEntry {
    if (this.#entries.size >= MAX_TOKENS) throw new Error('too many different things to replace');
    const number = (this.#last.get(kind) ?? 0) + 1;
    this.#last.set(kind, number);
    const entry = { kind, token: `${kind}-${number}`, spellings: new Set<string>(), places: 0 };
    this.#entries.set(id, entry);
    return entry;
  }

  #mark(id: string, shown: string): string {
    const known = this.#markOf.get(id);
    if (known !== undefined) return known;
    const at = this.#shown.push(shown) - 1;
    const mark = String.fromCharCode(
      FIRST_HIGH + Math.floor(at / LOW_VALUES),
      FIRST_LOW + (at % LOW_VALUES),
    );
    this.#markOf.set(id, mark);
    return mark;
  }
}

/** Whether a text has a mark. */
export function holdsMark(text: string): boolean {
  return /[\u3000-\u3fff]/.test(text);
}
