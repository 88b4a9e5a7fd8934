import { describe, expect, it } from 'vitest';
import { parseResource } from '../../../main/pci/parse-resource.ts';

const UNUSED = '0x0000000000000000 0x0000000000000000 0x0000000000000000\n';

describe('parseResource', () => {
  it('reads the BARs of a GPU', () => {
    const text = [
      '0x00000000f6000000 0x00000000f6ffffff 0x0000000000040200\n',
      '0x000007e000000000 0x000007e3ffffffff 0x000000000014220c\n',
      UNUSED,
      '0x000000000000e000 0x000000000000e07f 0x0000000000040101\n',
      UNUSED,
    ].join('');
    expect(parseResource(text)).toEqual([
      { index: 0, startAddress: '0xf6000000', sizeBytes: 2 ** 24, kind: 'memory', is64Bit: false },
      {
        index: 1,
        startAddress: '0x7e000000000',
        sizeBytes: 2 ** 34,
        kind: 'prefetchable-memory',
        is64Bit: true,
      },
      { index: 3, startAddress: '0xe000', sizeBytes: 128, kind: 'io', is64Bit: false },
    ]);
  });

  it('finds nothing in a function without BARs', () => {
    expect(parseResource(UNUSED.repeat(13))).toEqual([]);
  });

  it.each([
    ['', ''],
    ['junk', '\u0000\u0001'],
    ['two numbers', '0x0 0x0\n'],
  ])('refuses what the kernel does not write: %s', (_name, text) =>
    expect(parseResource(text)).toBeUndefined(),
  );
});
