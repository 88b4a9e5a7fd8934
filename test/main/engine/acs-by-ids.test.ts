import { describe, expect, it } from 'vitest';
import type { AcsRole, AcsTable, AcsTableRow } from '../../../shared/acs-table.ts';
import { unreadable } from '../../../shared/fact.ts';
import { computeGrouping } from '../../../main/engine/compute-grouping.ts';
import { acsKnowledgeOf, NO_KNOWLEDGE } from '../../../main/quirks/acs-knowledge.ts';
import { makeHost, type FunctionNotation } from '../../support/host-notation.ts';
import { machine } from '../../support/machine.ts';

const NOT_RECORDED = unreadable('NOT_RECORDED');

/** A root port with a card of two functions, of which nothing but ids and place is known. */
const CARD: readonly FunctionNotation[] = [
  { at: '00:1c.0', ids: [0x8086, 0xaaaa], classCode: 0x060400, config: NOT_RECORDED },
  { at: '01:00.0', below: '00:1c.0', ids: [0x10de, 0x1111], config: NOT_RECORDED },
  { at: '01:00.1', below: '00:1c.0', ids: [0x10de, 0x2222], config: NOT_RECORDED },
];

function row(ids: string, role: AcsRole, seen: Partial<AcsTableRow>): AcsTableRow {
  return { ids, role, devices: role === 'root' ? ['1c'] : [], ...seen };
}

function tableOf(...rows: readonly AcsTableRow[]): AcsTable {
  const boards = ['A', 'B', 'C', 'D'].map((name) => ({ name, from: ['facter'], hosts: 1 }));
  return { format: 'airlock-acs/1', about: '', boards, rows: [...rows] };
}

function predict(rows: readonly AcsTableRow[], board?: string, functions = CARD) {
  const plain = machine();
  const named = { ...plain, board: { ...plain.board, boardName: board } };
  const knowledge = acsKnowledgeOf([{ table: tableOf(...rows), isLearned: false }]);
  return computeGrouping(makeHost({ functions, machine: named }), { knowledge }).groups.map(
    ({ members, confidence }) => `${members.map((m) => m.slice(5)).join(' ')} ${confidence}`,
  );
}

const PORT = row('8086:aaaa', 'root', { classCode: '0604', passes: [0, 1] });
const ONE = row('10de:1111', 'function', { classCode: '0200', fails: [0] });
const TWO = row('10de:2222', 'function', { classCode: '0200', fails: [0] });

describe('GR-17: where configuration space does not tell, functions elsewhere do', () => {
  it.each([
    ['no row: unknown as before', [], ['00:1c.0 01:00.0 01:00.1 unknown']],
    [
      'the port is known to isolate, the card is not known',
      [PORT],
      ['00:1c.0 certain', '01:00.0 01:00.1 unknown'],
    ],
    ['the card is known not to', [PORT, ONE, TWO], ['00:1c.0 certain', '01:00.0 01:00.1 likely']],
    [
      'one function of the card is known to: then nothing is there to share with',
      [PORT, row('10de:1111', 'function', { apart: [0] })],
      ['00:1c.0 certain', '01:00.0 likely', '01:00.1 likely'],
    ],
    [
      'rows that disagree are no answer',
      [row('8086:aaaa', 'root', { passes: [0], fails: [1] })],
      ['00:1c.0 01:00.0 01:00.1 unknown'],
    ],
    [
      'a row of another role is no answer',
      [row('8086:aaaa', 'downstream', { passes: [0, 1] })],
      ['00:1c.0 01:00.0 01:00.1 unknown'],
    ],
  ])('%s', (_name, rows, groups) => {
    expect(predict(rows)).toEqual(groups);
  });

  it('rows of the same board count more than those of others', () => {
    const mixed = [row('8086:aaaa', 'root', { passes: [0], fails: [1] }), ONE, TWO];
    expect(predict(mixed, 'B')).toEqual(['00:1c.0 01:00.0 01:00.1 likely']);
    expect(predict(mixed, 'A')).toEqual(['00:1c.0 certain', '01:00.0 01:00.1 likely']);
  });

  const kin = (outcome: Partial<AcsTableRow>) =>
    ['8086:0001', '8086:0002', '8086:0003'].map((ids, at) =>
      row(ids, 'root', { classCode: '0604', ...outcome, ...(at === 0 ? {} : { passes: [at, 3] }) }),
    );

  it('ids that nobody saw answer as three others of their kind on three boards did', () => {
    expect(predict([...kin({ passes: [0] }), ONE, TWO])).toEqual([
      '00:1c.0 certain',
      '01:00.0 01:00.1 likely',
    ]);
    expect(predict([...kin({ fails: [0] }), ONE, TWO])).toEqual([
      '00:1c.0 01:00.0 01:00.1 unknown',
    ]);
    expect(predict([...kin({ passes: [0] }).slice(1), ONE, TWO])).toHaveLength(1);
  });

  it('one board alone is not believed against all others of the kind', () => {
    const failing = row('8086:aaaa', 'root', { classCode: '0604', fails: [0] });
    expect(predict([...kin({ passes: [0] }), failing])).toEqual([
      '00:1c.0 01:00.0 01:00.1 unknown',
    ]);
  });

  it('a host is not predicted from boards that are left out', () => {
    const table = tableOf(PORT);
    const knowledge = acsKnowledgeOf([{ table, isLearned: false }], (board) => board !== 'C');
    const host = makeHost({ functions: CARD });
    expect(computeGrouping(host, { knowledge })).toEqual(
      computeGrouping(host, { knowledge: NO_KNOWLEDGE }),
    );
  });

  it('the answer names the rows, the boards and the command that would tell', () => {
    const table = tableOf(PORT, ONE, TWO);
    const knowledge = acsKnowledgeOf([{ table, isLearned: true }]);
    const { groups } = computeGrouping(makeHost({ functions: CARD }), { knowledge });
    expect(groups[1]?.because[0]).toMatchObject({
      code: 'acs-by-ids',
      text: 'The ACS of 0000:00:1c.0 was not read; functions with its ids (8086:aaaa) isolate on 2 boards: A, B, as learned in this library',
    });
    expect(groups[1]?.because[0]?.command).toContain('lspci');
  });

  it('a bridge with nothing but bridges below it, alone in its slot, is an upstream port', () => {
    const port = { classCode: 0x060400, config: NOT_RECORDED } as const;
    const functions: readonly FunctionNotation[] = [
      { at: '00:1c.0', ids: [0x8086, 0xaaaa], ...port },
      { at: '01:00.0', below: '00:1c.0', ids: [0x1b21, 1], ...port },
      { at: '02:00.0', below: '01:00.0', ids: [0x1b21, 2], ...port },
      { at: '03:00.0', below: '02:00.0', ids: [0x144d, 3], config: NOT_RECORDED },
    ];
    const below = row('1b21:0002', 'downstream', { fails: [0] });
    expect(predict([PORT, below], undefined, functions)).toEqual([
      '00:1c.0 certain',
      '01:00.0 likely',
      '02:00.0 03:00.0 likely',
    ]);
  });

  it("AMD's host bridges never isolate", () => {
    const functions: readonly FunctionNotation[] = ['00:18.0', '00:18.1'].map((at, index) => ({
      at,
      ids: [0x1022, 0x9990 + index],
      classCode: 0x060000,
      config: NOT_RECORDED,
    }));
    expect(predict([], undefined, functions)).toEqual(['00:18.0 00:18.1 likely']);
  });
});
