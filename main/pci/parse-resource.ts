import type { Bar } from '../../shared/host.ts';

const LINE = /^0x([0-9a-f]{1,16}) 0x([0-9a-f]{1,16}) 0x([0-9a-f]{1,16})$/;

/** Flags of `struct resource`, Linux include/linux/ioport.h. */
const IO = 0x100n;
const MEMORY = 0x200n;
const PREFETCH = 0x2000n;
const MEMORY_64 = 0x100000n;

/**
 * Reads the `resource` file: one line `start end flags` for each of the BARs, the expansion ROM
 * and the windows of a bridge or VF BARs, all zeros where unused.
 *
 * @returns One entry per line with a size; `undefined` when a line is not what the kernel writes.
 * @see Linux v6.12 drivers/pci/pci-sysfs.c, `resource_show()`
 */
export function parseResource(text: string): readonly Bar[] | undefined {
  const bars: Bar[] = [];
  const lines = text.trimEnd().split('\n');
  for (const [index, line] of lines.entries()) {
    const match = LINE.exec(line);
    if (!match) return undefined;
    const [start = 0n, end = 0n, flags = 0n] = match.slice(1).map((hex) => BigInt(`0x${hex}`));
    const bar = toBar(index, start, end, flags);
    if (bar) bars.push(bar);
  }
  return bars;
}

function toBar(index: number, start: bigint, end: bigint, flags: bigint): Bar | undefined {
  if ((flags & (IO | MEMORY)) === 0n || end < start || (start === 0n && end === 0n)) {
    return undefined;
  }
  return {
    index,
    startAddress: `0x${start.toString(16)}`,
    sizeBytes: Number(end - start + 1n),
    kind: kindOf(flags),
    is64Bit: (flags & MEMORY_64) !== 0n,
  };
}

function kindOf(flags: bigint): Bar['kind'] {
  if ((flags & IO) !== 0n) return 'io';
  return (flags & PREFETCH) !== 0n ? 'prefetchable-memory' : 'memory';
}
