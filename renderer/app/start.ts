import { appInfoArrived } from '../features/connection/connection-slice.ts';
import { fetchHost, listHosts, listSamples, openThisHost } from '../features/hosts/hosts-thunks.ts';
import { pageChosen } from '../features/navigation/navigation-slice.ts';
import type { Page } from '../features/navigation/navigation-slice.ts';
import type { AppThunk } from './store.ts';

/** Runs at each new connection: the first one shows a page, later ones only bring lists up to date. */
export function startApp(wanted: Page | undefined): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    await Promise.all([dispatch(loadAppInfo()), dispatch(listSamples()), dispatch(listHosts())]);
    const { navigation, connection } = getState();
    if (connection.info === undefined || navigation.page.kind !== 'start') return;
    await dispatch(showFirstPage(wanted));
  };
}

function showFirstPage(wanted: Page | undefined): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    if (wanted === undefined) {
      await dispatch(openThisHost());
    } else if (wanted.kind !== 'host') {
      dispatch(pageChosen(wanted));
    } else if (getState().hosts.summaries[wanted.hostId] !== undefined) {
      dispatch(pageChosen(wanted));
      await dispatch(fetchHost(wanted.hostId));
    } else {
      await dispatch(openThisHost());
    }
  };
}

function loadAppInfo(): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('app:info', {});
    if (reply.ok) dispatch(appInfoArrived(reply.value));
  };
}
