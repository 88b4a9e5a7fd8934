import { expect, it } from 'vitest';
import { decodeFixups } from './fixups.ts';

it('a fixup holds vendor, device, class and the distance to its hook', () => {
  const bytes = Buffer.from(
    [
      // 1b4b:9172, any class, hook 0x100 behind the field.
      '4b1b7291ffffffff0000000000010000',
      // 11f8:ANY, class 0680 shifted by 8, hook 0x20 before the field.
      'f811ffff8006000008000000e0ffffff',
    ].join(''),
    'hex',
  );
  expect(decodeFixups(bytes, -0x1000)).toEqual([
    {
      vendor: '1b4b',
      device: '9172',
      classCode: undefined,
      classShift: 0,
      hookAddress: -0x1000 + 0x0c + 0x100,
    },
    {
      vendor: '11f8',
      device: 'ANY',
      classCode: 0x680,
      classShift: 8,
      hookAddress: -0x1000 + 0x1c - 0x20,
    },
  ]);
});

it('what is shorter than a fixup holds none', () => {
  expect(decodeFixups(Buffer.alloc(15), 0)).toEqual([]);
});
