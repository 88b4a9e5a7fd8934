/** Words that one of two command lines has and the other has not, in their order there. */
export interface WordDiff {
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Compares two kernel command lines word by word; a word given twice counts twice. */
export function diffWords(before: string, after: string): WordDiff {
  return { removed: surplus(before, after), added: surplus(after, before) };
}

function surplus(one: string, other: string): readonly string[] {
  const counts = new Map<string, number>();
  for (const word of wordsOf(other)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return wordsOf(one).filter((word) => {
    const left = counts.get(word) ?? 0;
    counts.set(word, left - 1);
    return left <= 0;
  });
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
