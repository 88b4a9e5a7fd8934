import { describe, expect, it } from 'vitest';
import { parseIvrs } from '../../../main/pci/parse-ivrs.ts';
import { unreadable } from '../../../shared/fact.ts';

const SELECT_ALL = [1, 0, 0, 0];
/** A function whose DMA appears under another requester ID. */
const aliasSelect = (source: number, alias: number) => [
  66,
  ...word(source),
  0,
  0,
  ...word(alias),
  0,
];
const aliasRange = (source: number, alias: number) => [
  67,
  ...word(source),
  0,
  0,
  ...word(alias),
  0,
];
const rangeEnd = (source: number) => [4, ...word(source), 0];

function word(value: number): number[] {
  return [value & 0xff, value >> 8];
}

function block(type: number, entries: readonly number[], domain = 0, deviceId = 2): number[] {
  const headerBytes = type === 0x10 ? 24 : 40;
  const bytes = Array<number>(headerBytes).fill(0);
  bytes[0] = type;
  bytes.splice(2, 4, ...word(headerBytes + entries.length), ...word(deviceId));
  bytes.splice(16, 2, ...word(domain));
  return [...bytes, ...entries];
}

function table(...blocks: readonly number[][]): Uint8Array {
  const body = blocks.flat();
  const bytes = new Uint8Array([...Buffer.from('IVRS'), ...Array<number>(44).fill(0), ...body]);
  new DataView(bytes.buffer).setUint32(4, bytes.length, true);
  return bytes;
}

describe('parseIvrs', () => {
  it('finds no alias in a table without any', () => {
    expect(parseIvrs(table(block(0x10, SELECT_ALL)))).toEqual([]);
  });

  it('reads single aliases', () => {
    const bytes = table(block(0x11, [...SELECT_ALL, ...aliasSelect(0xa1, 0x88)], 1));
    expect(parseIvrs(bytes)).toEqual([{ domain: 1, source: 0xa1, alias: 0x88 }]);
  });

  it('reads ranges of aliases, but for the alias itself', () => {
    const bytes = table(block(0x10, [...aliasRange(0x100, 0x101), ...rangeEnd(0x102)]));
    expect(parseIvrs(bytes)).toEqual([
      { domain: 0, source: 0x100, alias: 0x101 },
      { domain: 0, source: 0x102, alias: 0x101 },
    ]);
  });

  it('passes over entries of every other kind', () => {
    const plainRange = [3, ...word(0x10), 0, ...rangeEnd(0x20)];
    const special = [72, 0, 0, 0, 33, ...word(0xa0), 1];
    const acpiDevice = [240, ...Array<number>(20).fill(0), 3, 65, 66, 67];
    const entries = [...plainRange, ...special, ...acpiDevice, ...aliasSelect(5, 6)];
    expect(parseIvrs(table(block(0x40, entries)))).toEqual([{ domain: 0, source: 5, alias: 6 }]);
  });

  it('reads the blocks of one type, the last one given for the first IOMMU', () => {
    const bytes = table(
      block(0x10, aliasSelect(1, 9)),
      block(0x10, aliasSelect(2, 9), 1, 0x4000),
      block(0x11, aliasSelect(3, 9)),
      block(0x11, aliasSelect(4, 9), 1, 0x4000),
    );
    expect(parseIvrs(bytes)).toEqual([
      { domain: 0, source: 3, alias: 9 },
      { domain: 1, source: 4, alias: 9 },
    ]);
  });

  const good = table(block(0x10, aliasSelect(1, 2)));
  it.each([
    ['nothing', new Uint8Array()],
    ['another table', Uint8Array.from(good, (byte, at) => (at === 0 ? 0x44 : byte))],
    ['a table that is cut', good.subarray(0, good.length - 3)],
    [
      'a block longer than the table',
      Uint8Array.from(good, (byte, at) => (at === 50 ? 200 : byte)),
    ],
    ['a block of no length', Uint8Array.from(good, (byte, at) => (at === 50 ? 0 : byte))],
    ['an entry of unknown length', table(block(0x10, [200, 0, 0, 0]))],
    ['an entry beyond its block', table(block(0x10, [66, 0, 0, 0]))],
    [
      'ranges without end',
      table(
        block(
          0x10,
          Array(20)
            .fill([...aliasRange(0, 5), ...rangeEnd(0xffff)])
            .flat(),
        ),
      ),
    ],
  ])('refuses %s', (_name, bytes) => {
    expect(parseIvrs(bytes)).toEqual(unreadable('MALFORMED'));
  });
});
