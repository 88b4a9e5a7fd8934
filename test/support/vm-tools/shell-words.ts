/**
 * Splits a line that libvirt wrote for a shell: words in apostrophes, `\` before single characters.
 *
 * @see libvirt src/util/virbuffer.c, `virBufferEscapeShell()`
 */
export function shellWords(line: string): readonly string[] {
  const words = line.matchAll(/(?:'[^']*'|\\[\s\S]|[^\s'\\])+/g);
  return [...words].map(([word]) =>
    word.replaceAll(
      /'([^']*)'|\\([\s\S])/g,
      (_all, quoted?: string, single?: string) => quoted ?? single ?? '',
    ),
  );
}
