import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import { hostClosed } from '../hosts/hosts-slice.ts';

/** What the inspector explains. */
export type Selection =
  | { readonly kind: 'function'; readonly bdf: string }
  | { readonly kind: 'group'; readonly groupId: string };

interface SelectionState {
  readonly byHost: Readonly<Record<string, Selection>>;
  /** Whether the inspector slides over the page where there is no room beside it. */
  readonly isRevealed: boolean;
}

interface Selected {
  readonly hostId: string;
  readonly selection: Selection;
}

const initialState: SelectionState = { byHost: {}, isRevealed: false };

const slice = createSlice({
  name: 'selection',
  initialState,
  reducers: {
    selected: (state, { payload }: PayloadAction<Selected>) => {
      state.byHost[payload.hostId] = payload.selection;
    },
    inspectorRevealed: (state) => {
      state.isRevealed = true;
    },
    inspectorHidden: (state) => {
      state.isRevealed = false;
    },
  },
  extraReducers: (builder) =>
    builder.addCase(hostClosed, (state, { payload }) => {
      delete state.byHost[payload];
    }),
});

export const selectionReducer = slice.reducer;
export const { inspectorRevealed, inspectorHidden } = slice.actions;
const { selected } = slice.actions;

/** The action for choosing one function. */
export function functionSelected(hostId: string, bdf: string) {
  return selected({ hostId, selection: { kind: 'function', bdf } });
}

/** The action for choosing one group. */
export function groupSelected(hostId: string, groupId: string) {
  return selected({ hostId, selection: { kind: 'group', groupId } });
}
