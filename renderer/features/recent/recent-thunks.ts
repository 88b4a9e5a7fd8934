import type { AppThunk } from '../../app/store.ts';
import { recentListed } from './recent-slice.ts';

/** Lists the paths that were opened before; without an answer the list stays as it was. */
export function listRecent(): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('recent:list', {});
    if (reply.ok) dispatch(recentListed(reply.value));
  };
}

/** Takes one path off the list; the file itself stays. */
export function forgetRecent(path: string): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('recent:forget', { path });
    if (reply.ok) dispatch(recentListed(reply.value));
  };
}
