/**
 * The words of a search as somebody types them: apart by blanks, together in quotes.
 *
 * @param query - `driver:nouveau tag:"code 43"`.
 * @returns Without a field that has no value yet: its word is still being typed.
 */
export function searchWords(query: string): string[] {
  const words = query.match(/(?:[^\s"]+|"[^"]*"?)+/g) ?? [];
  return words
    .map((word) => word.replaceAll('"', ''))
    .filter((word) => word !== '' && !/^[a-z]+:$/.test(word));
}

/** A word that means exactly this, whatever is in it. */
export function quotedWord(field: string, value: string): string {
  return /\s/.test(value) ? `${field}:"${value}"` : `${field}:${value}`;
}
