import type { LibraryChange } from '../../../shared/library-entry.ts';
import type { AppThunk } from '../../app/store.ts';
import { takeHandedOut } from '../../components/take-handed-out.ts';
import { openSource } from '../hosts/hosts-thunks.ts';
import { entryAnswered, entryChosen, listAnswered, listAsked } from './library-slice.ts';
import { searchWords } from './search-words.ts';

/** Lists what fulfils the search, or everything. */
export function listLibrary(): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    dispatch(listAsked());
    const { asked, query, limit } = getState().library;
    const reply = await bridge.call('library:list', { words: searchWords(query), limit });
    const answer = reply.ok ? { list: reply.value } : { failure: reply.error };
    dispatch(listAnswered({ asked, ...answer }));
  };
}

/** Looks at one snapshot or case. */
export function showEntry(name: string): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    dispatch(entryChosen(name));
    const reply = await bridge.call('library:show', { name });
    dispatch(
      entryAnswered({ name, ...(reply.ok ? { value: reply.value } : { failure: reply.error }) }),
    );
  };
}

/** Changes tags, notes or cases of what is looked at. */
export function changeEntry(name: string, change: LibraryChange): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('library:change', { name, change });
    if (!reply.ok) {
      dispatch(entryAnswered({ name, failure: reply.error }));
      return;
    }
    dispatch(entryAnswered({ name, value: reply.value, failure: undefined, said: undefined }));
    // Cases and what a search finds may be others now.
    await dispatch(listLibrary());
  };
}

/** Opens a snapshot as a host. */
export function openEntry(id: number): AppThunk<Promise<void>> {
  return (dispatch) => dispatch(openSource({ kind: 'path', path: `library:${id}` }));
}

/** Saves a case, or the file of a snapshot as it was imported. */
export function exportEntry(name: string): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('library:export', { name });
    const answer = reply.ok ? { said: takeHandedOut(reply.value) } : { failure: reply.error };
    dispatch(entryAnswered({ name, ...answer }));
  };
}

/** Forgets a snapshot with its file, or a case; its snapshots stay. */
export function removeEntry(name: string): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('library:remove', { name });
    if (reply.ok) dispatch(entryChosen(undefined));
    else dispatch(entryAnswered({ name, failure: reply.error }));
    await dispatch(listLibrary());
  };
}
