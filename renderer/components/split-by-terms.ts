import { TERMS, TERM_IDS } from './terms.ts';
import type { TermId } from './terms.ts';

export interface TextPiece {
  readonly text: string;
  readonly term: TermId | undefined;
}

/**
 * Cuts texts at the field's words, so that each word is explained at its first appearance only.
 *
 * @param texts - The texts of one panel, in reading order.
 * @returns The pieces of each text; joined they give the text again.
 */
export function splitByTerms(texts: readonly string[]): readonly (readonly TextPiece[])[] {
  const open = new Set(TERM_IDS);
  return texts.map((text) => splitOne(text, open));
}

function splitOne(text: string, open: Set<TermId>): readonly TextPiece[] {
  const first = firstTerm(text, open);
  if (first === undefined) return text === '' ? [] : [{ text, term: undefined }];
  open.delete(first.term);
  const end = first.at + first.word.length;
  return [
    ...(first.at > 0 ? [{ text: text.slice(0, first.at), term: undefined }] : []),
    { text: first.word, term: first.term },
    ...splitOne(text.slice(end), open),
  ];
}

function firstTerm(text: string, open: ReadonlySet<TermId>) {
  let best: { at: number; word: string; term: TermId } | undefined;
  for (const term of TERM_IDS) {
    const match = open.has(term) ? TERMS[term].pattern.exec(text) : null;
    if (match !== null && (best === undefined || match.index < best.at)) {
      best = { at: match.index, word: match[0], term };
    }
  }
  return best;
}
