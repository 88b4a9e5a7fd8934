import { describe, expect, it } from 'vitest';
import {
  NEW_VIEW,
  questionAnswered,
  questionAsked,
  textTaken,
  vmReducer,
} from '../../../../renderer/features/vm/vm-slice.ts';
import { hostClosed } from '../../../../renderer/features/hosts/hosts-slice.ts';
import type { VmMerge } from '../../../../shared/vm-import.ts';

const HOST = { hostId: 'h1' };
const MERGED: VmMerge = { text: 'new', diff: '+new', alreadyThere: [] };
const asked = (key: string) => questionAsked({ ...HOST, question: 'merge', key });
const answered = (key: string, value: VmMerge) =>
  questionAnswered({ ...HOST, question: 'merge', key, value });
const failure = { code: 'internal' as const, message: 'No' };

function mergeAfter(...actions: Parameters<typeof vmReducer>[1][]) {
  const start = vmReducer(undefined, { type: 'start' });
  return actions.reduce(vmReducer, start).views['h1']?.merge;
}

describe('an answer', () => {
  it('to an older question is not shown', () => {
    expect(mergeAfter(asked('1'), asked('2'), answered('1', MERGED))).toEqual({
      ...NEW_VIEW.merge,
      key: '2',
      isWaiting: true,
    });
  });

  it('stays on show while the next is made, and when that fails', () => {
    const failed = questionAnswered({ ...HOST, question: 'merge', key: '2', failure });
    expect(mergeAfter(asked('1'), answered('1', MERGED), asked('2'))?.value).toEqual(MERGED);
    expect(mergeAfter(asked('1'), answered('1', MERGED), asked('2'), failed)).toEqual({
      key: '2',
      isWaiting: false,
      value: MERGED,
      failure,
    });
  });

  it('about another text goes with it', () => {
    const taken = textTaken({ ...HOST, text: 'other' });
    expect(mergeAfter(asked('1'), answered('1', MERGED), taken)).toEqual(NEW_VIEW.merge);
  });

  it('goes with its host', () => {
    expect(mergeAfter(asked('1'), answered('1', MERGED), hostClosed('h1'))).toBeUndefined();
  });
});
