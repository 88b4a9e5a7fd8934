import { createSelector } from '@reduxjs/toolkit';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { selectPassableKinds } from '../overview/overview-selectors.ts';
import { selectDraft } from './plans-selectors.ts';

/** Chosen functions that are none of the devices people pass: chosen in the inspector. */
export const selectOffered = createSelector(
  [selectHost, selectPassableKinds, selectDraft],
  (host, kinds, { addresses }) => {
    const listed = new Set(kinds.flatMap(({ devices }) => devices.map(({ fn }) => fn.bdf)));
    return addresses
      .filter((bdf) => !listed.has(bdf))
      .flatMap((bdf) => host?.functions[bdf] ?? [])
      .map((fn) => ({ fn, verdict: fn.verdict, sentence: fn.sentence }));
  },
);
