/** How a piece of text stands out. */
export type Tone = 'good' | 'fair' | 'risk' | 'bad' | 'unknown';

/** A piece of text; nothing in it is markup, whoever wrote it. */
export type Span =
  | string
  | { readonly code: string }
  | { readonly strong: string }
  | { readonly mark: string; readonly tone: Tone };

export type Line = readonly Span[];

/** A box of the group picture. */
export interface GroupBox {
  readonly title: string;
  readonly tone: Tone;
  readonly word: string;
  readonly note: string;
  readonly members: readonly {
    readonly address: string;
    readonly text: string;
    /** A bridge or a part of the host: it stays. */
    readonly stays: boolean;
  }[];
}

export type Block =
  | { readonly kind: 'heading'; readonly text: string; readonly level: 2 | 3 }
  | { readonly kind: 'paragraph'; readonly line: Line }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: Line])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly Line[])[];
    }
  | { readonly kind: 'list'; readonly items: readonly Line[]; readonly isOrdered?: boolean }
  | { readonly kind: 'command'; readonly text: string }
  | { readonly kind: 'groups'; readonly groups: readonly GroupBox[] };

/** What is sent to somebody: one content, written as HTML or as Markdown. */
export interface Document {
  readonly title: string;
  readonly blocks: readonly Block[];
  /** The last line: what made it, and when. */
  readonly foot: string;
}

/**
 * Makes text from outside safe to show on one line: control characters and those that turn the
 * direction of writing appear as escapes.
 */
export function plain(text: string): string {
  return text
    .replaceAll(/[\t\n\r ]+/g, ' ')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`);
}
