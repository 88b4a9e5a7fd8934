import { describe, expect, it } from 'vitest';
import { looksLikeChange, parseChange } from '../../../../main/engine/whatif/parse-change.ts';

describe('a change is read as it is typed', () => {
  it.each([
    [
      'acs-override=downstream,multifunction,id:8086:1901',
      {
        kind: 'acs-override',
        override: { downstream: true, multifunction: true, ids: ['8086:1901'] },
      },
    ],
    [
      'acs-override=id:10DE:2206',
      {
        kind: 'acs-override',
        override: { downstream: false, multifunction: false, ids: ['10de:2206'] },
      },
    ],
    ['acs=00:1c.0:on', { kind: 'acs', bdf: '0000:00:1c.0', isOn: true }],
    ['acs=0001:00:1c.0:off', { kind: 'acs', bdf: '0001:00:1c.0', isOn: false }],
    ['kernel=6.1', { kind: 'kernel', version: { major: 6, minor: 1, patch: undefined } }],
    ['kernel=6.12.107', { kind: 'kernel', version: { major: 6, minor: 12, patch: 107 } }],
    [
      'kernel=6.8.0-45-generic',
      { kind: 'kernel', version: { major: 6, minor: 8, patch: undefined } },
    ],
    ['iommu=on', { kind: 'iommu' }],
    ['vfs=1:0.0:4', { kind: 'vfs', bdf: '0000:01:00.0', count: 4 }],
    ['vfs=0000:01:00.0:0', { kind: 'vfs', bdf: '0000:01:00.0', count: 0 }],
    ['move=01:00.0:00:1c.4', { kind: 'move', bdf: '0000:01:00.0', port: '0000:00:1c.4' }],
    [
      'move=0000:01:00.0:10000:e0:1c.4',
      { kind: 'move', bdf: '0000:01:00.0', port: '10000:e0:1c.4' },
    ],
    ['behind-switch=01:00.0', { kind: 'behind-switch', bdf: '0000:01:00.0', hasAcs: false }],
    ['behind-switch=01:00.0:acs', { kind: 'behind-switch', bdf: '0000:01:00.0', hasAcs: true }],
  ])('%s', (word, change) => {
    expect(parseChange(word)).toEqual({ ok: true, value: { word, ...change } });
  });
});

describe('a slip is answered with the word, the value and what would be right', () => {
  it.each([
    [
      'speed=5',
      'Unknown change "speed=5": the changes are acs-override, acs, kernel, iommu, vfs, move, behind-switch',
    ],
    [
      'toString=1',
      'Unknown change "toString=1": the changes are acs-override, acs, kernel, iommu, vfs, move, behind-switch',
    ],
    ['kernel', 'Cannot understand "kernel": it has no value. Write kernel=VERSION'],
    [
      'kernel=new',
      'Cannot understand "kernel=new": "new" is not a version such as 6.1 or 6.12.107. Write kernel=VERSION',
    ],
    [
      'kernel=6',
      'Cannot understand "kernel=6": "6" is not a version such as 6.1 or 6.12.107. Write kernel=VERSION',
    ],
    [
      'iommu=off',
      'Cannot understand "iommu=off": "off" is not "on"; with the IOMMU off there are no groups. Write iommu=on',
    ],
    [
      'acs=00:1c.0',
      'Cannot understand "acs=00:1c.0": it does not end in ":on" or ":off". Write acs=BDF:on or acs=BDF:off',
    ],
    [
      'acs=xx:on',
      'Cannot understand "acs=xx:on": "xx" is not a PCI address such as 0000:01:00.0 or 01:00.0. Write acs=BDF:on or acs=BDF:off',
    ],
    [
      'acs-override=downstraem',
      'Cannot understand "acs-override=downstraem": "downstraem" is none of downstream, multifunction and id:VVVV:DDDD (four hexadecimal digits each). Write acs-override=downstream,multifunction,id:VVVV:DDDD',
    ],
    [
      'vfs=01:00.0',
      'Cannot understand "vfs=01:00.0": "00.0" is not a number of virtual functions. Write vfs=BDF:NUMBER',
    ],
    [
      'vfs=01:00.0:-1',
      'Cannot understand "vfs=01:00.0:-1": "-1" is not a number of virtual functions. Write vfs=BDF:NUMBER',
    ],
    [
      'move=01:00.0',
      'Cannot understand "move=01:00.0": it does not name a function and a port. Write move=BDF:PORT',
    ],
    [
      'move=01:00.0:1c',
      'Cannot understand "move=01:00.0:1c": "1c" is not a PCI address such as 0000:01:00.0 or 01:00.0. Write move=BDF:PORT',
    ],
    [
      'behind-switch=01:00.0:no',
      'Cannot understand "behind-switch=01:00.0:no": "01:00.0:no" is not a PCI address such as 0000:01:00.0 or 01:00.0. Write behind-switch=BDF or behind-switch=BDF:acs',
    ],
  ])('%s', (word, message) => {
    expect(parseChange(word)).toEqual({ ok: false, error: { code: 'bad-change', message } });
  });

  it('more ids than the patch takes', () => {
    const ids = Array.from({ length: 16 }, (_, at) => `id:8086:${String(1000 + at)}`).join(',');
    const change = parseChange(`acs-override=${ids}`);
    expect(change.ok ? '' : change.error.message).toContain(
      '16 ids are more than the patch takes, 15',
    );
  });
});

describe('words of a command line', () => {
  it.each([
    ['kernel=6.1', true],
    ['iommu', true],
    ['typo=1', true],
    ['host.tar.gz', false],
    ['./a=b.tar.gz', false],
    ['/tmp/x=1', false],
    ['live', false],
  ])('%s is a change: %s', (word, isChange) => {
    expect(looksLikeChange(word)).toBe(isChange);
  });
});
