import { describe, expect, it } from 'vitest';
import { findRanges } from './acs-devices.ts';
import { runCode } from './run-code.ts';

const DEVICE = 0x3e;
const code = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
/** movzwl 0x3e(%rdi),%eax */
const LOAD = '0f b7 47 3e';

function run(text: string, device = 0, argument = 0x1d): number {
  return runCode({ code: code(text), argument, members: new Map([[DEVICE, device]]) }).answer;
}

describe('a function is asked about every device', () => {
  it.each([
    [
      'a range by subtraction',
      // sub $0x100,%ax; xor %edx,%edx; cmp $0xf,%ax; setbe %dl; mov %edx,%eax; ret
      `f3 0f 1e fa e8 00 00 00 00 ${LOAD} 66 2d 00 01 31 d2 66 3d 0f 00 0f 96 c2 89 d0 c3`,
      ['0100-010f'],
    ],
    [
      'single devices by comparison',
      // cmp $0x721,%ax; je yes; cmp $0xb884,%ax; je yes; xor %eax,%eax; ret; yes: mov $1,%eax; jump out
      `${LOAD} 66 3d 21 07 74 09 66 3d 84 b8 74 03 31 c0 c3 b8 01 00 00 00 e9 00 10 00 00`,
      ['0721', 'b884'],
    ],
    [
      'devices by a bit mask',
      // sub $0x5010,%eax; cmp $0x30,%ax; ja no; movabs $0x1000000200001,%rdx; bt %rax,%rdx; jae no;
      // mov $1,%eax; ret; no: xor %eax,%eax; ret
      `${LOAD} 2d 10 50 00 00 66 3d 30 00 77 16 48 ba 01 00 20 00 00 00 01 00 48 0f a3 c2 73 06 b8 01 00 00 00 c3 31 c0 c3`,
      ['5010', '5025', '5040'],
    ],
    [
      'what is asked for decides too',
      // test $0xffe2,%si; jne no; lea -0x7000(%rax),%edx; cmp $1,%dx; sete %al; movzbl %al,%eax; ret
      `${LOAD} 66 f7 c6 e2 ff 75 12 8d 90 00 90 ff ff 66 83 fa 01 0f 94 c0 0f b6 c0 c3 90 31 c0 c3`,
      ['7001'],
    ],
  ])('%s', (_name, text, ranges) => {
    expect(findRanges((id) => run(text, id) === 1)).toEqual(ranges);
  });

  it('goes through the guard of the stack, and tells which members were read', () => {
    // push %rbx; sub $0x10,%rsp; mov %gs:0x28,%rax; mov %rax,0x8(%rsp); movl $0x7,(%rsp);
    // mov %rdi,%rbx; movzwl 0x3e(%rbx),%edx; mov (%rsp),%eax; mov 0x8(%rsp),%rcx;
    // sub %gs:0x10(%rip),%rcx; jne out; add $0x10,%rsp; pop %rbx; ret
    const text =
      '53 48 83 ec 10 65 48 8b 04 25 28 00 00 00 48 89 44 24 08 c7 04 24 07 00 00 00' +
      '48 89 fb 0f b7 53 3e 8b 04 24 48 8b 4c 24 08 65 48 2b 0d 10 00 00 00 75 06 48 83 c4 10 5b c3';
    const members = new Map([
      [DEVICE, 1],
      [0x6c, 1],
    ]);
    expect(runCode({ code: code(text), argument: 0, members })).toEqual({
      answer: 7,
      membersRead: new Set([DEVICE]),
    });
  });

  it('gives errors of the kernel as negative numbers', () => {
    expect(run('b8 e7 ff ff ff c3')).toBe(-25);
  });

  it('keeps the upper part of a register where only the lower is written', () => {
    // mov $0x12345678,%eax; add $0xf000,%ax; ret
    expect(run('b8 78 56 34 12 66 05 00 f0 c3')).toBe(0x12344678);
  });
});

describe('what is not understood is never guessed at', () => {
  it.each([
    ['an instruction that is not known', '0f a2 c3', 'not known here: 0fa2c3'],
    [
      'a call that is more than the mark for tracing',
      `${LOAD} 66 3d 21 07 e8 00 00 00 00 c3`,
      'not known',
    ],
    ['another member', '0f b7 47 40 c3', 'should not look at'],
    ['memory of another place', '0f b7 46 3e c3', 'should not look at'],
    ['a write to memory', '66 89 47 3e c3', 'not known'],
    ['a question about the sign', '66 3d 21 07 78 00 c3', 'not known'],
    ['a loop', 'eb fe', 'does not come to an end'],
  ])('%s', (_name, text, reason) => {
    expect(() => run(text)).toThrow(reason);
  });
});
