import { describe, expect, it } from 'vitest';
import { compareGroups } from '../../../../main/engine/whatif/compare-groups.ts';
import type { Bdf } from '../../../../shared/bdf.ts';
import type { IsolationGroup } from '../../../../shared/isolation.ts';
import { bdf } from '../../../support/host-notation.ts';
import { groupLines } from '../../../support/predict.ts';

/** `1.0 1.1 | 2.0`: groups of functions by bus and function number. */
function groups(text: string): readonly IsolationGroup[] {
  const parts = text.split('|').map((part) => part.trim());
  return parts
    .filter((part) => part !== '')
    .map((part, at) => ({
      id: `p${at}`,
      members: part.split(' ').map(address),
      confidence: 'certain' as const,
      because: [],
    }));
}

function address(text: string): Bdf {
  const [bus, fn] = text.split('.');
  return bdf(`${bus ?? ''}:00.${fn ?? ''}`);
}

/** Functions keep their address but for `9.0`, which was `1.0`, and those of bus 8, which are new. */
function origins(after: readonly IsolationGroup[]): ReadonlyMap<Bdf, Bdf> {
  const members = after.flatMap((group) => group.members);
  const entries = members.filter((member) => !member.startsWith('0000:08'));
  return new Map(
    entries.map((member) => [member, member === address('9.0') ? address('1.0') : member]),
  );
}

function kinds(before: string, after: string): readonly string[] {
  const now = groups(after);
  return compareGroups(groups(before), now, origins(now)).map(
    (change) => `${change.kind}: ${groupLines(change.after).join(' | ')}`,
  );
}

describe('what happened to groups is told by their functions', () => {
  it.each([
    ['the same groups in another order', '1.0 | 2.0 2.1', '2.0 2.1 | 1.0', []],
    ['another address alone is no change', '1.0 | 2.0', '9.0 | 2.0', []],
    ['one becomes two', '1.0 1.1 | 2.0', '1.0 | 1.1 | 2.0', ['splits: 01:00.0 | 01:00.1']],
    ['two become one', '1.0 | 2.0 | 3.0', '1.0 2.0 | 3.0', ['merges: 01:00.0 02:00.0']],
    [
      'one function goes from group to group',
      '1.0 1.1 | 2.0',
      '1.1 | 2.0 9.0',
      ['regroups: 01:00.1 | 02:00.0 09:00.0'],
    ],
    ['a new function joins', '1.0 | 2.0', '1.0 8.0 | 2.0', ['grows: 01:00.0 08:00.0']],
    ['a function leaves', '1.0 1.1', '1.0', ['shrinks: 01:00.0']],
    ['one comes as another leaves', '1.0 1.1', '1.0 8.0', ['regroups: 01:00.0 08:00.0']],
    ['a new function alone', '1.0', '1.0 | 8.0', ['appears: 08:00.0']],
    ['a group goes away', '1.0 | 2.0', '1.0', ['disappears: ']],
  ])('%s', (_name, before, after, expected) => {
    expect(kinds(before, after)).toEqual(expected);
  });
});
