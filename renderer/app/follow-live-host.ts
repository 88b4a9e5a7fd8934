import { selectWatchedHostId } from '../features/live/live-selectors.ts';
import { watchShownHost } from '../features/live/live-thunks.ts';
import type { AppStore } from './store.ts';

/** The backend forgets the wish after ten seconds. */
const RENEW_MS = 4_000;

/** Has the live host watched while this window shows it and can be seen. */
export function followLiveHost(store: AppStore, view: Window): void {
  let watched: string | undefined;
  const renew = () => {
    if (view.document.visibilityState === 'visible') void store.dispatch(watchShownHost());
  };
  store.subscribe(() => {
    const hostId = selectWatchedHostId(store.getState());
    if (hostId === watched) return;
    watched = hostId;
    renew();
  });
  view.document.addEventListener('visibilitychange', renew);
  view.setInterval(renew, RENEW_MS);
}
