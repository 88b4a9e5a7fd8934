import { describe, expect, it } from 'vitest';
import { findBranches, findFlagWrites } from './code-scan.ts';

const code = (hex: string) => Buffer.from(hex.replaceAll(' ', ''), 'hex');

describe('a branch is known by its distance', () => {
  it.each([
    ['a call', '90 e8 10 00 00 00 c3', 0x16],
    ['a last call that is a jump', 'e9 f0 ff ff ff', -0x0b],
    ['a conditional jump into the unlikely part', '0f 85 00 01 00 00', 0x106],
  ])('%s', (_name, hex, target) => {
    expect(findBranches(code(hex))).toContain(target);
  });

  it('is not seen where the code ends before it does', () => {
    expect(findBranches(code('e8 10 00 00'))).toEqual([]);
  });
});

describe('a change of dev_flags (here at 0x876) is known by the offset', () => {
  it.each([
    ['orw $0x20,0x876(%rdi)', '66 83 8f 76 08 00 00 20', [{ kind: 'set', bits: 0x20 }]],
    ['orw $0x4000,0x876(%rbx)', '66 81 8b 76 08 00 00 00 40', [{ kind: 'set', bits: 0x4000 }]],
    [
      'orb $0x2,0x877(%rdi): the upper byte',
      '80 8f 77 08 00 00 02',
      [{ kind: 'set', bits: 0x200 }],
    ],
    ['orw $0x200,0x876(%r12)', '66 41 81 8c 24 76 08 00 00 00 02', [{ kind: 'set', bits: 0x200 }]],
    ['mov %ax,0x876(%rdi)', '66 89 87 76 08 00 00 c3', [{ kind: 'stored' }]],
    ['testb $0x20,0x876(%rdi): a question', 'f6 87 76 08 00 00 20', []],
    ['andw $0xdf,0x876(%rdi): a flag taken away', '66 83 a7 76 08 00 00 df', []],
    ['orb $0x2,0x878(%rdi): another member', '80 8f 78 08 00 00 02', []],
  ])('%s', (_name, hex, writes) => {
    expect(findFlagWrites(code(`90 90 ${hex}`), 0x876)).toEqual(writes);
  });
});
