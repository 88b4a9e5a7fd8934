/** Processors that a list may name; Linux is built for 8192 at most. */
const MOST = 8192;

/**
 * Reads a list of processors or nodes as the kernel and libvirt write it: `0-3,8,10-11`. libvirt
 * takes single ones away again with `^`: `0-3,^2`.
 *
 * @returns Sorted, each once; `undefined` where the text is no such list. Empty text is no processor.
 * @see Linux lib/bitmap-str.c, `bitmap_parselist()`; libvirt src/util/virbitmap.c, `virBitmapParse()`
 */
export function parseCpuList(text: string): readonly number[] | undefined {
  const found = new Set<number>();
  for (const word of text.trim().split(',')) {
    if (word === '' && text.trim() === '') break;
    const [, away, from = '', to = from] = /^\s*(\^?)(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(word) ?? [];
    const [first, last] = [Number(from), Number(to)];
    if (from === '' || last < first || last >= MOST) return undefined;
    for (let cpu = first; cpu <= last; cpu += 1) {
      if (away === '^') found.delete(cpu);
      else found.add(cpu);
    }
  }
  return [...found].sort((a, b) => a - b);
}

/** Writes the same, as short as it goes: `0-3,8`. */
export function formatCpuList(cpus: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const cpu of [...new Set(cpus)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.[1] === cpu - 1) last[1] = cpu;
    else ranges.push([cpu, cpu]);
  }
  return ranges.map(([first, last]) => (first === last ? first : `${first}-${last}`)).join(',');
}
