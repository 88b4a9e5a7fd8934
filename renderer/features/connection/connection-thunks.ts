import type { AppThunk } from '../../app/store.ts';

/** Connects without waiting for the next attempt. */
export function reconnect(): AppThunk {
  return (_dispatch, _getState, { bridge }) => bridge.reconnect();
}
