import { describe, expect, it } from 'vitest';
import { NO_KNOWLEDGE } from '../../main/quirks/acs-knowledge.ts';
import { unreadable } from '../../shared/fact.ts';
import { makeHost } from '../support/host-notation.ts';
import { NO_SCORE, scorePrediction } from '../support/score-prediction.ts';

describe('the score of a prediction', () => {
  const host = makeHost({
    functions: [
      { at: '00:01.0' },
      { at: '00:02.0' },
      { at: '00:03.0', config: unreadable('EACCES') },
      { at: '00:03.1', config: unreadable('EACCES') },
    ],
  });
  const score = (groups: Readonly<Record<string, string>>) =>
    scorePrediction(host, new Map(Object.entries(groups)), NO_KNOWLEDGE);

  it('counts functions and groups, by partition and not by number', () => {
    const groups = { '0000:00:01.0': '9', '0000:00:02.0': '4', '0000:00:03.0': '1' };
    expect(score({ ...groups, '0000:00:03.1': '1' })).toEqual({
      functions: { right: 2, wrong: 0, unknown: 2, unknownButRight: 2 },
      groups: { right: 2, wrong: 0, unknown: 1, unknownButRight: 1 },
    });
    expect(score({ ...groups, '0000:00:02.0': '9', '0000:00:03.1': '2' })).toEqual({
      functions: { right: 0, wrong: 2, unknown: 2, unknownButRight: 0 },
      groups: { right: 0, wrong: 2, unknown: 1, unknownButRight: 0 },
    });
  });

  it('leaves functions out whose true group nobody knows', () => {
    expect(score({ '0000:00:01.0': '9' }).functions).toEqual({ ...NO_SCORE, right: 1 });
    expect(score({}).groups).toEqual(NO_SCORE);
  });
});
