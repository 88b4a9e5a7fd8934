import { createSelector } from '@reduxjs/toolkit';
import type { RootState } from '../../app/store.ts';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { buildTree, visibleNodes } from './topology-tree.ts';
import type { TopologyTree } from './topology-tree.ts';

const EMPTY: TopologyTree = { rootIds: [], nodes: {} };
const NONE: Readonly<Record<string, boolean>> = {};

export const selectTree = createSelector([selectHost], (host) =>
  host === undefined ? EMPTY : buildTree(host),
);

const selectExpanded = (state: RootState, hostId: string) =>
  state.topology.expandedByHost[hostId] ?? NONE;

export const selectVisibleNodes = createSelector([selectTree, selectExpanded], visibleNodes);
