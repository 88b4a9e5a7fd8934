import { createSlice, type PayloadAction } from '@reduxjs/toolkit';
import type { RecentView } from '../../../shared/view.ts';

interface RecentState {
  /** Newest first; `undefined` until they were listed. */
  readonly sources: RecentView[] | undefined;
}

const initialState: RecentState = { sources: undefined };

const recentSlice = createSlice({
  name: 'recent',
  initialState,
  reducers: {
    recentListed: (state, { payload }: PayloadAction<RecentView[]>) => {
      state.sources = payload;
    },
  },
});

export const { recentListed } = recentSlice.actions;
export const recentReducer = recentSlice.reducer;
