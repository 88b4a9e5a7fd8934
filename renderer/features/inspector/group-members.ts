import { createSelector } from '@reduxjs/toolkit';
import type { RootState } from '../../app/store.ts';
import { selectGroup, selectHost } from '../hosts/hosts-selectors.ts';

/** Members that a person would pass: PCI functions that are neither port nor bridge. */
export const selectMovableMembers = createSelector(
  [(state: RootState, hostId: string, _groupId: string) => selectHost(state, hostId), selectGroup],
  (host, group): readonly string[] =>
    group?.members.filter((member) => {
      const fn = host?.functions[member];
      return fn?.isHostPart === false;
    }) ?? [],
);
