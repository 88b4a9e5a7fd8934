/** Text with the searched words marked. */
export function Highlight({ text, words }: { text: string; words: readonly string[] }) {
  const found = firstWord(text, words);
  if (found === undefined) return text;
  const end = found.at + found.length;
  return (
    <>
      {text.slice(0, found.at)}
      <mark>{text.slice(found.at, end)}</mark>
      {text.slice(end)}
    </>
  );
}

function firstWord(text: string, words: readonly string[]) {
  const lower = text.toLowerCase();
  return words
    .map((word) => ({ at: lower.indexOf(word), length: word.length }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0];
}
