import type { HostChanged } from '../../../shared/host-change.ts';
import type { AppThunk } from '../../app/store.ts';
import { refreshHost } from '../hosts/hosts-thunks.ts';
import { selectWatchedHostId } from './live-selectors.ts';
import { changesHeard } from './live-slice.ts';

/** Asks to be told what changes on the live host on show. */
export function watchShownHost(): AppThunk<Promise<void>> {
  return async (_dispatch, getState, { bridge }) => {
    const hostId = selectWatchedHostId(getState());
    if (hostId !== undefined) await bridge.call('host:watch', { hostId });
  };
}

/** Shows the new reading first, so that the news does not speak of what is not on show. */
export function hearChanges(changed: HostChanged): AppThunk<Promise<void>> {
  return async (dispatch) => {
    if (changed.isRead) await dispatch(refreshHost(changed.hostId));
    dispatch(changesHeard(changed));
  };
}
