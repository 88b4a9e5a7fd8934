/**
 * Reads the value of an option of QEMU, in JSON or as `head,key=value`; two commas are one.
 *
 * @returns What comes first without a key stands under `driver`.
 */
export function parseOption(word: string): Readonly<Record<string, string>> {
  if (word.startsWith('{')) {
    const values = Object.entries(JSON.parse(word) as Record<string, unknown>);
    return Object.fromEntries(
      values.map(([key, value]) => [key === 'qom-type' ? 'driver' : key, textOf(value)]),
    );
  }
  const parts = word
    .replaceAll(',,', '\0')
    .split(',')
    .map((part) => part.replaceAll('\0', ','));
  return Object.fromEntries(
    parts.map((part, index) => {
      const at = part.indexOf('=');
      if (at < 0) return index === 0 ? ['driver', part] : [part, 'on'];
      return [part.slice(0, at), part.slice(at + 1)];
    }),
  );
}

function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
