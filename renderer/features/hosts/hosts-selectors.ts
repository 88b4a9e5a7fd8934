import { createSelector } from '@reduxjs/toolkit';
import type { FunctionView, GroupView } from '../../../shared/view.ts';
import type { ShownVerdict } from '../../components/verdicts.ts';
import type { RootState } from '../../app/store.ts';
import type { HostRecord, Opening } from './hosts-slice.ts';
import { canChange } from './source-words.ts';

export const selectHost = (state: RootState, hostId: string): HostRecord | undefined =>
  state.hosts.records[hostId];

export const selectFunction = (
  state: RootState,
  hostId: string,
  bdf: string,
): FunctionView | undefined => state.hosts.records[hostId]?.functions[bdf];

export const selectGroup = (
  state: RootState,
  hostId: string,
  groupId: string,
): GroupView | undefined => state.hosts.records[hostId]?.groups[groupId];

/** The driver of a member, or why none is named: one that was not seen is not the same as none. */
export const selectDriverWord = (state: RootState, hostId: string, member: string): string => {
  const fn = selectFunction(state, hostId, member);
  if (fn?.driver !== undefined) return fn.driver;
  return fn?.driverState === 'none' ? 'no driver' : 'driver not known';
};

/** The verdict to show for each group of a host. */
export const selectShownVerdicts = createSelector(
  [selectHost],
  (host): Readonly<Record<string, ShownVerdict>> => {
    if (host === undefined) return {};
    const isLeftBehind = (member: string) => {
      const fn = host.functions[member];
      return fn?.isHostPart === true;
    };
    return Object.fromEntries(
      Object.values(host.groups).map((group) => [
        group.id,
        group.members.every(isLeftBehind) ? 'host-parts' : group.verdict,
      ]),
    );
  },
);

/** The verdict to show for one group; functions without a group cannot be passed. */
export const selectShownVerdict = (
  state: RootState,
  hostId: string,
  groupId: string | undefined,
): ShownVerdict => selectShownVerdicts(state, hostId)[groupId ?? ''] ?? 'blocked';

export const selectFetchFailure = (state: RootState, hostId: string) =>
  state.hosts.fetchFailures[hostId];

export const selectSamples = (state: RootState) => state.hosts.samples;
export const selectSamplesFailure = (state: RootState) => state.hosts.samplesFailure;
export const selectHostOfSample = (state: RootState) => state.hosts.hostOfSample;

export const selectOpening = (state: RootState, jobId: string): Opening | undefined =>
  state.hosts.openings[jobId];

/** The running or failed new reading of an open host. */
export const selectRescan = (state: RootState, hostId: string): Opening | undefined =>
  Object.values(state.hosts.openings).find((opening) => opening.hostId === hostId);

/** Readings of sources that are not open yet. */
export const selectNewOpenings = createSelector(
  (state: RootState) => state.hosts.openings,
  (openings) => Object.values(openings).filter((opening) => opening.hostId === undefined),
);

/** This host, by its latest reading. */
export const selectLiveHostId = (state: RootState): string | undefined =>
  state.hosts.summaryIds.findLast((id) => state.hosts.summaries[id]?.source.kind === 'live');

/** What is open beside this host, in the order of opening: hosts that are reached, and records. */
export const selectOtherHosts = createSelector(
  (state: RootState) => state.hosts.summaryIds,
  (state: RootState) => state.hosts.summaries,
  selectLiveHostId,
  (ids, summaries, liveId) => {
    const others = ids.filter((id) => id !== liveId).flatMap((id) => summaries[id] ?? []);
    return {
      hosts: others.filter(({ source }) => canChange(source)),
      records: others.filter(({ source }) => !canChange(source)),
    };
  },
);

/** Everything that is open, this host first. */
export const selectOpenHosts = createSelector(
  (state: RootState) => state.hosts.summaryIds,
  (state: RootState) => state.hosts.summaries,
  (ids, summaries) => ids.flatMap((id) => summaries[id] ?? []),
);
