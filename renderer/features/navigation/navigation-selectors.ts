import type { RootState } from '../../app/store.ts';

export const selectPage = (state: RootState) => state.navigation.page;
/** The host on show, if the page is a host's, or an answer of the log doctor speaks of one. */
export const selectShownHostId = (state: RootState) => {
  const { page } = state.navigation;
  if (page.kind === 'host') return page.hostId;
  const isJoined = page.kind === 'doctor' && state.doctor.answer !== undefined;
  return isJoined ? state.doctor.hostId : undefined;
};
