import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import type { HostChange, HostChanged } from '../../../shared/host-change.ts';
import { hostClosed, hostOpened } from '../hosts/hosts-slice.ts';

interface LiveState {
  /** What changed lately on a host, until it is dismissed or somebody reads the host again. */
  readonly byHost: Readonly<Record<string, HostChanged>>;
}

const initialState: LiveState = { byHost: {} };

const slice = createSlice({
  name: 'live',
  initialState,
  reducers: {
    changesHeard: ({ byHost }, { payload }: PayloadAction<HostChanged>) => {
      const before = byHost[payload.hostId];
      // Functions that move one after the other are one piece of news.
      const changes = joinChanges(before?.changes ?? [], payload.changes);
      return { byHost: { ...byHost, [payload.hostId]: { ...payload, changes } } };
    },
    changesDismissed: (state, { payload }: PayloadAction<string>) => {
      delete state.byHost[payload];
    },
  },
  extraReducers: (builder) =>
    builder
      .addCase(hostClosed, (state, { payload }) => {
        delete state.byHost[payload];
      })
      .addCase(hostOpened, (state, { payload }) => {
        delete state.byHost[payload.view.hostId];
      }),
});

/** Of what changed twice the latest counts, told from where it began. */
function joinChanges(earlier: readonly HostChange[], later: readonly HostChange[]): HostChange[] {
  const isSame = (one: HostChange) => (other: HostChange) =>
    one.bdf === other.bdf && one.kind === other.kind;
  const joined = later.map((change) => {
    const first = earlier.find(isSame(change));
    return first !== undefined && 'to' in change && 'from' in first
      ? { ...change, from: first.from }
      : change;
  });
  const gone = new Set(later.flatMap(({ kind, bdf }) => (kind === 'vanished' ? [bdf] : [])));
  const kept = earlier.filter((change) => !later.some(isSame(change)) && !gone.has(change.bdf));
  return [...kept, ...joined];
}

export const liveReducer = slice.reducer;
export const { changesHeard, changesDismissed } = slice.actions;
