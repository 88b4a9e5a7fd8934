/** Ends a text as a sentence. */
export function stop(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** Text of a host, made harmless: no control characters, nothing that Markdown would act on. */
export function plain(text: string): string {
  return text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll(/[\\`<>[\]*_|#]/g, (character) =>
      /[*_#|]/.test(character) ? character : '\\' + character,
    );
}
