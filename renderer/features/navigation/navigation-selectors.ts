import type { RootState } from '../../app/store.ts';

export const selectPage = (state: RootState) => state.navigation.page;
/** The host on show, if the page is a host's, or speaks of one. */
export const selectShownHostId = (state: RootState) =>
  state.navigation.page.kind === 'host'
    ? state.navigation.page.hostId
    : state.navigation.page.kind === 'doctor'
      ? state.doctor.hostId
      : undefined;
