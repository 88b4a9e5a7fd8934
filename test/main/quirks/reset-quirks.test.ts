import { describe, expect, it } from 'vitest';
import resetFile from '../../../main/quirks/reset-quirks.json' with { type: 'json' };
import { resetRows, type ResetSubject } from '../../../main/quirks/reset-quirks.ts';

const subject = (vendorId: number, deviceId: number, more: Partial<ResetSubject> = {}) => ({
  vendorId,
  deviceId,
  classCode: undefined,
  revision: 0,
  isBelowBridge: true,
  ...more,
});
const KERNEL = { major: 7, minor: 1, patch: 5 };
const effects = (one: ResetSubject, kernel = KERNEL) =>
  resetRows(one, kernel).map(({ effect, presence }) => `${presence} ${effect}`);

describe('the table of resets', () => {
  it('names a source and a device in each row', () => {
    for (const row of resetFile.rows) {
      expect(row.source).toMatch(/^(Linux drivers\/pci\/quirks\.c|gnif\/vendor-reset|https:\/\/)/);
      expect([row.what.length > 5, /^[0-9a-f]{4}$/.test(row.vendor)]).toEqual([true, true]);
      expect(row.device).toMatch(/^([0-9a-f]{4}(-[0-9a-f]{4})?|ANY)$/);
    }
  });

  it.each<[string, ResetSubject, readonly string[]]>([
    ['an ordinary device', subject(0x8086, 0x1533), []],
    ['FLR that hangs', subject(0x8086, 0x1502), ['present no-flr']],
    [
      'any GPU of AMD below a bridge',
      subject(0x1002, 0x73bf, { classCode: 0x030000 }),
      ['present no-pm-reset'],
    ],
    [
      'a GPU of AMD on a root bus',
      subject(0x1002, 0x73bf, { classCode: 0x030000, isBelowBridge: false }),
      [],
    ],
    ['another function of such a card', subject(0x1002, 0xab28, { classCode: 0x040300 }), []],
    ['a range of ids', subject(0x10de, 0x2342), ['present no-bus-reset']],
    ['the end of the range', subject(0x10de, 0x2380), []],
    ['one revision only', subject(0xd063, 0x1000, { revision: 1 }), ['present no-flr']],
    ['another revision', subject(0xd063, 0x1000, { revision: 2 }), []],
    ['reports of users', subject(0x1002, 0x67df), ['present reported-bad']],
  ])('knows %s', (_name, one, expected) => {
    expect(effects(one)).toEqual(expected);
  });

  it('knows in which kernels a row stands', () => {
    const wireless = subject(0x14c3, 0x0616);
    expect(effects(wireless, { major: 6, minor: 12, patch: 0 })).toEqual([]);
    expect(effects(wireless, { major: 6, minor: 18, patch: 20 })).toEqual(['present no-flr']);
    expect(effects(wireless, { major: 6, minor: 12, patch: 50 })).toEqual(['depends no-flr']);
  });
});
