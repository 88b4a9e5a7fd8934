import { createSelector } from '@reduxjs/toolkit';
import type { RootState } from '../../app/store.ts';
import { selectHost, selectShownVerdicts } from '../hosts/hosts-selectors.ts';
import type { PictureHost } from './picture-graph.ts';

const EMPTY: PictureHost = { functionIds: [], functions: {}, verdicts: {} };
const NONE: Readonly<Record<string, boolean>> = {};

/** The host as the picture shows it. */
export const selectPictureHost = createSelector(
  [selectHost, selectShownVerdicts],
  (host, verdicts): PictureHost =>
    host === undefined
      ? EMPTY
      : { functionIds: host.functionIds, functions: host.functions, verdicts },
);

export const selectPictureChoices = (state: RootState, hostId: string) =>
  state.picture.choicesByHost[hostId] ?? NONE;
