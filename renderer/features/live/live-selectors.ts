import type { RootState } from '../../app/store.ts';

export const selectHostChanges = (state: RootState, hostId: string) => state.live.byHost[hostId];

/** The live host on show, where the settings want it watched. */
export const selectWatchedHostId = (state: RootState): string | undefined => {
  const { page } = state.navigation;
  if (page.kind !== 'host' || state.settings.watching === 'off') return undefined;
  const isLive = state.hosts.records[page.hostId]?.source.kind === 'live';
  return isLive && state.connection.state === 'open' ? page.hostId : undefined;
};
