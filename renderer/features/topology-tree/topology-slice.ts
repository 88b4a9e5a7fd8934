import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import { hostClosed } from '../hosts/hosts-slice.ts';

interface TopologyState {
  /** Nodes whose state differs from their default, by host and node id. */
  readonly expandedByHost: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
}

interface Toggled {
  readonly hostId: string;
  readonly nodeIds: readonly string[];
  readonly isExpanded: boolean;
}

const initialState: TopologyState = { expandedByHost: {} };

const slice = createSlice({
  name: 'topology',
  initialState,
  reducers: {
    nodesToggled: (state, { payload }: PayloadAction<Toggled>) => {
      const nodes = (state.expandedByHost[payload.hostId] ??= {});
      for (const id of payload.nodeIds) nodes[id] = payload.isExpanded;
    },
  },
  extraReducers: (builder) =>
    builder.addCase(hostClosed, (state, { payload }) => {
      delete state.expandedByHost[payload];
    }),
});

export const topologyReducer = slice.reducer;
export const { nodesToggled } = slice.actions;
