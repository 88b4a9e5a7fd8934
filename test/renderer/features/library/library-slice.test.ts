import { describe, expect, it } from 'vitest';
import {
  entryAnswered,
  entryChosen,
  importAdvanced,
  importStarted,
  importStopped,
  libraryReducer,
  listAnswered,
  listAsked,
} from '../../../../renderer/features/library/library-slice.ts';
import { openingProgressed } from '../../../../renderer/features/hosts/hosts-slice.ts';

type Step = Parameters<typeof libraryReducer>[1];

const after = (...steps: readonly Step[]) =>
  steps.reduce(libraryReducer, libraryReducer(undefined, { type: 'start' }));
const LIST = { snapshots: [], hasMore: false };

describe('the library in the window', () => {
  it('shows the answer to the last search, whatever comes late', () => {
    const state = after(
      listAsked(),
      listAsked(),
      listAnswered({ asked: 2, list: { ...LIST, hasMore: true } }),
      listAnswered({ asked: 1, list: LIST }),
    );
    expect(state.list?.hasMore).toBe(true);
  });

  it('keeps the list where a later one fails, and says why', () => {
    const failure = { code: 'not-available', message: 'Locked' } as const;
    const state = after(
      listAsked(),
      listAnswered({ asked: 1, list: LIST }),
      listAsked(),
      listAnswered({ asked: 2, failure }),
    );
    expect([state.list, state.listFailure]).toEqual([LIST, failure]);
  });

  it('drops what is said of an entry that is no longer looked at', () => {
    const state = after(
      entryChosen('1'),
      entryChosen('2'),
      entryAnswered({ name: '1', said: 'x' }),
    );
    expect(state.shown).toEqual({ name: '2' });
  });

  it('counts what an import came to, file by file', () => {
    const imported = [{ id: 1, isNew: true, name: 'a', title: 'a' }];
    const state = after(
      importStarted({ jobId: 'j', total: 3 }),
      importAdvanced({ imported, failed: [] }),
      importAdvanced({ imported: [], failed: ['no'] }),
      openingProgressed({ jobId: 'other', text: 'Elsewhere', done: 0 }),
      openingProgressed({ jobId: 'j', text: 'Unpacking', done: 0 }),
      importStopped(),
    );
    expect(state.run).toEqual({
      jobId: 'j',
      total: 3,
      done: 2,
      text: 'Unpacking',
      state: 'stopping',
      imported,
      failed: ['no'],
    });
  });
});
