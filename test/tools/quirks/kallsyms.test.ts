import { describe, expect, it } from 'vitest';
import { BASE, buildKernel, type MadeSymbol } from './build-kernel.ts';
import { readKallsyms } from './kallsyms.ts';

const BANNER = 'Linux version 6.1.0-56-amd64 (gcc) #1 SMP Debian 6.1.192-2 (2026-11-16)\n';
const CONTENT = Buffer.alloc(0x4000);
CONTENT.write(BANNER, 0x100, 'latin1');

/** Enough names for three markers; an odd number of them unless told. */
function symbols(more: readonly MadeSymbol[] = []): readonly MadeSymbol[] {
  const fillers = Array.from({ length: 600 }, (_, at) => ({
    type: 't',
    name: `read_filler_${at}`,
    address: BASE + 0x1000 + at * 16,
  }));
  return [
    { type: 'T', name: '_text', address: BASE },
    { type: 'D', name: 'linux_banner', address: BASE + 0x100 },
    ...fillers,
    { type: 't', name: `long_${'x'.repeat(200)}`, address: BASE + 0x3800 },
    ...more,
  ];
}

describe('the names of a kernel are found without any place to start from', () => {
  it.each(['6.1', '6.12', '7.0'] as const)('as kernel %s writes them', (era) => {
    const kernel = readKallsyms(buildKernel(CONTENT, symbols(), era));
    expect(kernel.banner).toBe(BANNER.trim());
    expect(kernel.symbols.addressOf('read_filler_7')).toBe(BASE + 0x1000 + 7 * 16);
    expect(kernel.symbols.addressOf(`long_${'x'.repeat(200)}`)).toBe(BASE + 0x3800);
    expect(kernel.symbols.functionsAt(BASE + 0x1000)).toEqual(['read_filler_0']);
    expect(kernel.symbols.functionsAt(BASE + 0x1001)).toEqual([]);
    expect(kernel.symbols.nextAfter(BASE + 0x1000)).toBe(BASE + 0x1010);
    expect(kernel.symbols.nextAfter(BASE + 0x3800)).toBeUndefined();
  });

  it.each(['6.1', '6.12', '7.0'] as const)('with an even number of names, as %s', (era) => {
    const last = { type: 'T', name: 'last', address: BASE + 0x3900 };
    const kernel = readKallsyms(buildKernel(CONTENT, symbols([last]), era));
    expect(kernel.symbols.addressOf('last')).toBe(BASE + 0x3900);
  });
});

describe('functions win over other things of their name or address', () => {
  it('passes over data and the marks before functions', () => {
    const kernel = readKallsyms(
      buildKernel(
        CONTENT,
        symbols([
          { type: 'd', name: 'twice', address: BASE + 0x3900 },
          { type: 't', name: 'twice', address: BASE + 0x3910 },
          { type: 't', name: '__pfx_hook', address: BASE + 0x3910 },
        ]),
        '6.12',
      ),
    );
    expect(kernel.symbols.addressOf('twice')).toBe(BASE + 0x3910);
    expect(kernel.symbols.functionsAt(BASE + 0x3910)).toEqual(['twice']);
    expect(kernel.symbols.functionsAt(BASE + 0x3900)).toEqual([]);
  });
});

describe('a file that is no kernel is refused with the reason', () => {
  it.each([
    ['any file', Buffer.from('hello'), 'Not a kernel'],
    [
      'an ELF file without names',
      buildKernel(CONTENT, symbols(), '7.0').subarray(0, 0x5000),
      'no names',
    ],
    [
      'one whose banner is elsewhere',
      buildKernel(Buffer.alloc(0x4000), symbols(), '7.0'),
      'not found',
    ],
    [
      'one without a banner',
      buildKernel(CONTENT, symbols().toSpliced(1, 1), '7.0'),
      'does not name',
    ],
  ])('%s', (_name, bytes, reason) => {
    expect(() => readKallsyms(bytes)).toThrow(reason);
  });
});
