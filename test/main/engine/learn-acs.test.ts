import { describe, expect, it } from 'vitest';
import { learnAcs } from '../../../main/engine/learn-acs.ts';
import { makeAcsTable } from '../../../main/engine/make-acs-table.ts';
import { makeHost, type FunctionNotation, type HostNotation } from '../../support/host-notation.ts';

const PORT: FunctionNotation = { at: '00:1c.0', ids: [0x8086, 1], secondary: 1 };
const CARD: readonly FunctionNotation[] = [
  { at: '01:00.0', below: '00:1c.0', ids: [0x1000, 2] },
  { at: '01:00.1', below: '00:1c.0', ids: [0x1000, 3] },
];
const SWITCH: readonly FunctionNotation[] = [
  PORT,
  { at: '01:00.0', below: '00:1c.0', ids: [0x1b21, 4], secondary: 2 },
  { at: '02:00.0', below: '01:00.0', ids: [0x1b21, 5], secondary: 3 },
  { at: '03:00.0', below: '02:00.0', ids: [0x144d, 6] },
];

function learn(
  functions: readonly FunctionNotation[],
  observed: Readonly<Record<string, readonly string[]>>,
  more: Partial<HostNotation> = {},
) {
  const lesson = learnAcs(makeHost({ functions, observed, ...more }));
  if ('refusal' in lesson) return lesson.refusal;
  return lesson.observations.map(({ deviceId, role, outcome }) => `${deviceId} ${role} ${outcome}`);
}

describe('what the groups of a host prove about the ACS of its functions', () => {
  it('GR-4: a function apart from the bridge above proves that the whole path passes', () => {
    expect(
      learn(SWITCH, { 0: ['00:1c.0'], 1: ['01:00.0'], 2: ['02:00.0'], 3: ['03:00.0'] }),
    ).toEqual(['1 root passes', '4 upstream passes', '5 downstream passes']);
  });

  it('GR-4: a bridge below a path that passes fails where all below share its group', () => {
    expect(learn(SWITCH, { 0: ['00:1c.0'], 1: ['01:00.0'], 2: ['02:00.0', '03:00.0'] })).toEqual([
      '1 root passes',
      '4 upstream passes',
      '5 downstream fails',
    ]);
  });

  it('GR-4: of bridges in one group with the root port nothing but its own failure is proved', () => {
    expect(learn(SWITCH, { 0: ['00:1c.0', '01:00.0', '02:00.0', '03:00.0'] })).toEqual([
      '1 root fails',
    ]);
  });

  it('GR-6: functions of a slot that share a group of their own fail', () => {
    expect(learn([PORT, ...CARD], { 0: ['00:1c.0'], 1: ['01:00.0', '01:00.1'] })).toEqual([
      '1 root passes',
      '2 function fails',
      '3 function fails',
    ]);
  });

  it('GR-6: functions of a slot in the group of the port above say nothing', () => {
    expect(learn([PORT, ...CARD], { 0: ['00:1c.0', '01:00.0', '01:00.1'] })).toEqual([
      '1 root fails',
    ]);
  });

  it('GR-6: where all of a slot stand apart, at most one can fail; where two fail, others pass', () => {
    const groups = { 0: ['00:1c.0'], 1: ['01:00.0'], 2: ['01:00.1'] };
    expect(learn([PORT, ...CARD], groups)).toEqual([
      '1 root passes',
      '2 function apart',
      '3 function apart',
    ]);
    const third: FunctionNotation = { at: '01:00.2', below: '00:1c.0', ids: [0x1000, 7] };
    expect(
      learn([PORT, ...CARD, third], { 0: ['00:1c.0'], 1: ['01:00.0', '01:00.1'], 2: ['01:00.2'] }),
    ).toContain('7 function passes');
  });

  it.each([
    ['shows no groups', PORT, {}, {}, 'no-groups'],
    [
      'has an override on its command line',
      PORT,
      { 0: ['00:1c.0'] },
      { commandLine: 'pcie_acs_override=downstream' },
      'override',
    ],
    [
      'is a virtual machine',
      { ...PORT, ids: [0x1b36, 0xc] as const },
      { 0: ['00:1c.0'] },
      {},
      'emulated',
    ],
    ['has POWER rules', PORT, { 0: ['00:1c.0'] }, { units: ['iommu-phb0000'] }, 'other-rules'],
  ])('a host that %s teaches nothing', (_name, fn, observed, more, refusal) => {
    expect(learn([fn], observed, more)).toBe(refusal);
  });

  it('a host teaches nothing where functions stand apart that lack ACS in all hardware', () => {
    const nvidia = CARD.map((fn) => ({ ...fn, ids: [0x10de, 1] as const }));
    const apart = { 0: ['00:1c.0'], 1: ['01:00.0'], 2: ['01:00.1'] };
    expect(learn([PORT, ...nvidia], apart)).toBe('override');
    const chipset: readonly FunctionNotation[] = [
      { ...CARD[0], at: '01:00.0', below: '00:1c.0', ids: [0x1022, 0x43ee] },
      { at: '01:00.1', below: '00:1c.0', ids: [0x1022, 0x43e9], secondary: 2 },
    ];
    expect(learn([PORT, ...chipset], apart)).toBe('override');
  });

  it('the same hosts give the same table in any order, with each board once', () => {
    const functions = [PORT, ...CARD];
    const observed = { 0: ['00:1c.0'], 1: ['01:00.0', '01:00.1'] };
    const lesson = learnAcs(makeHost({ functions, observed }));
    const observations = 'refusal' in lesson ? [] : lesson.observations;
    const hosts = ['B', 'A', 'B'].map((board) => ({ board, from: ['sysfs'], observations }));
    const table = makeAcsTable(hosts, 'test');
    expect(makeAcsTable(hosts.toReversed(), 'test')).toEqual(table);
    expect(table).toEqual({
      format: 'airlock-acs/1',
      about: 'test',
      boards: [
        { name: 'A', from: ['sysfs'], hosts: 1 },
        { name: 'B', from: ['sysfs'], hosts: 2 },
      ],
      rows: [
        { ids: '1000:0002', classCode: '0200', role: 'function', devices: [], fails: [0, 1] },
        { ids: '1000:0003', classCode: '0200', role: 'function', devices: [], fails: [0, 1] },
        { ids: '8086:0001', classCode: '0604', role: 'root', devices: ['1c'], passes: [0, 1] },
      ],
    });
  });
});
