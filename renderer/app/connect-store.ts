import type { Bridge } from '../bridge/bridge.ts';
import { connectionChanged } from '../features/connection/connection-slice.ts';
import { openingProgressed } from '../features/hosts/hosts-slice.ts';
import { pageChosen } from '../features/navigation/navigation-slice.ts';
import type { Page } from '../features/navigation/navigation-slice.ts';
import { fetchHost } from '../features/hosts/hosts-thunks.ts';
import { hearChanges } from '../features/live/live-thunks.ts';
import { helperSpoke } from '../features/receipts/runs-slice.ts';
import { writeSettings } from '../features/settings/settings-storage.ts';
import { followLiveHost } from './follow-live-host.ts';
import { writeVms } from '../features/vm/vm-storage.ts';
import { readPage, writePage } from './location.ts';
import { startApp } from './start.ts';
import type { AppStore } from './store.ts';

/** Ties the store to the world: connection, events, address bar, what is kept. */
export function connectStore(store: AppStore, bridge: Bridge, view: Window): void {
  const first = readPage(view.location.hash);
  bridge.onConnection((state) => {
    store.dispatch(connectionChanged(state));
    if (state === 'open') void store.dispatch(startApp(first));
  });
  followProgress(store, bridge, view);
  followAddress(store, view);
  followSettings(store, view);
  followLiveHost(store, view);
  followVms(store, view);
}

/**
 * Passes on the latest progress of a reading once a frame: it may tell of thousands of functions.
 * Each step of the helper counts.
 */
function followProgress(store: AppStore, bridge: Bridge, view: Window): void {
  const latest = new Map<string, Parameters<typeof openingProgressed>[0]>();
  bridge.onEvent((event) => {
    if (event.name === 'host:changed') {
      void store.dispatch(hearChanges(event.payload));
      return;
    }
    if (event.name === 'helper:progress') {
      store.dispatch(helperSpoke(event.payload));
      return;
    }
    if (latest.size === 0) view.requestAnimationFrame(flush);
    latest.set(event.payload.jobId, event.payload);
  });
  const flush = () => {
    for (const progress of latest.values()) store.dispatch(openingProgressed(progress));
    latest.clear();
  };
}

/** Keeps page and address the same, so that Back, Forward and Reload do what people expect. */
function followAddress(store: AppStore, view: Window): void {
  let shown: Page = store.getState().navigation.page;
  store.subscribe(() => {
    const { page } = store.getState().navigation;
    if (page === shown) return;
    const hash = writePage(page);
    const isFirst = shown.kind === 'start' || shown.kind === 'opening';
    shown = page;
    if (hash === undefined || hash === view.location.hash) return;
    if (isFirst) view.history.replaceState(null, '', hash);
    else view.history.pushState(null, '', hash);
  });
  view.addEventListener('popstate', () => {
    const page = readPage(view.location.hash);
    if (page === undefined) return;
    shown = page;
    store.dispatch(pageChosen(page));
    if (page.kind === 'host') void store.dispatch(fetchHost(page.hostId));
  });
}

function followSettings(store: AppStore, view: Window): void {
  let kept = store.getState().settings;
  store.subscribe(() => {
    const { settings } = store.getState();
    if (settings === kept) return;
    kept = settings;
    writeSettings(view.localStorage, settings);
  });
}

function followVms(store: AppStore, view: Window): void {
  let kept = store.getState().vm.drafts;
  store.subscribe(() => {
    const { drafts } = store.getState().vm;
    if (drafts === kept) return;
    kept = drafts;
    writeVms(view.localStorage, drafts);
  });
}
