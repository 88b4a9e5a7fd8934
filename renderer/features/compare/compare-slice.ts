import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import type { ReplyOf } from '../../../shared/contract.ts';
import { hostClosed, hostFetched, hostOpened } from '../hosts/hosts-slice.ts';
import type { WindowFailure } from '../hosts/hosts-slice.ts';

export type Comparison = ReplyOf<'host:compare'>;

/** What a host is compared with, and what came out. */
export interface CompareView {
  readonly otherId?: string | undefined;
  /** Whether the host on show is the later state of the two. */
  readonly isAfter: boolean;
  /** What is being read to compare with. */
  readonly reading?: string | undefined;
  readonly value?: Comparison | undefined;
  readonly failure?: WindowFailure | undefined;
}

interface CompareState {
  readonly byHost: Readonly<Record<string, CompareView>>;
}

const initialState: CompareState = { byHost: {} };
const NEW: CompareView = { isAfter: true };

interface Changed {
  readonly hostId: string;
  readonly change: Partial<CompareView>;
}

const slice = createSlice({
  name: 'compare',
  initialState,
  reducers: {
    /** Another partner or another order: what came out before is about something else. */
    partnerChosen: (state, { payload }: PayloadAction<Changed>) => {
      const { isAfter } = state.byHost[payload.hostId] ?? NEW;
      state.byHost[payload.hostId] = { isAfter, ...payload.change };
    },
    comparisonArrived: (state, { payload }: PayloadAction<Changed>) => {
      state.byHost[payload.hostId] = { ...NEW, ...state.byHost[payload.hostId], ...payload.change };
    },
  },
  extraReducers: (builder) => {
    // A host that was read again or is gone takes along what was said of it.
    const forget = (state: { byHost: Record<string, CompareView> }, hostId: string) => {
      delete state.byHost[hostId];
      for (const [id, view] of Object.entries(state.byHost)) {
        if (view.otherId === hostId) delete state.byHost[id];
      }
    };
    builder
      .addCase(hostClosed, (state, { payload }) => forget(state, payload))
      .addCase(hostOpened, (state, { payload }) => forget(state, payload.view.hostId))
      .addCase(hostFetched, (state, { payload }) => forget(state, payload.view.hostId));
  },
});

export const compareReducer = slice.reducer;
export const { partnerChosen, comparisonArrived } = slice.actions;

export const selectCompare = (
  state: { readonly compare: CompareState },
  hostId: string,
): CompareView => state.compare.byHost[hostId] ?? NEW;
