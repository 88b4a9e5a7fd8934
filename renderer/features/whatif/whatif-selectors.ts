import { createSelector } from '@reduxjs/toolkit';
import type { RootState } from '../../app/store.ts';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { offeredChanges } from './offered-changes.ts';
import { predictedAfter, predictedBefore } from './predicted-host.ts';
import { NO_CHANGES } from './whatif-slice.ts';

export const selectWhatif = (state: RootState, hostId: string) =>
  state.whatif.byHost[hostId] ?? NO_CHANGES;

export const selectOffered = createSelector([selectHost], (host) => host && offeredChanges(host));

const selectReport = (state: RootState, hostId: string) => selectWhatif(state, hostId).report;

export const selectPredictedBefore = createSelector(
  [selectHost, selectReport],
  (host, report) => host && report && predictedBefore(host, report),
);

export const selectPredictedAfter = createSelector(
  [selectHost, selectReport],
  (host, report) => host && report && predictedAfter(host, report),
);
