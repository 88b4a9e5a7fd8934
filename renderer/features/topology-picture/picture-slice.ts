import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import { hostClosed } from '../hosts/hosts-slice.ts';

interface PictureState {
  /** Nodes that a person opened or closed, by host and node id. */
  readonly choicesByHost: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
}

interface Toggled {
  readonly hostId: string;
  readonly nodeIds: readonly string[];
  readonly isOpen: boolean;
}

const initialState: PictureState = { choicesByHost: {} };

const slice = createSlice({
  name: 'picture',
  initialState,
  reducers: {
    pictureToggled: (state, { payload }: PayloadAction<Toggled>) => {
      const choices = (state.choicesByHost[payload.hostId] ??= {});
      for (const id of payload.nodeIds) choices[id] = payload.isOpen;
    },
    pictureReset: (state, { payload }: PayloadAction<string>) => {
      delete state.choicesByHost[payload];
    },
  },
  extraReducers: (builder) =>
    builder.addCase(hostClosed, (state, { payload }) => {
      delete state.choicesByHost[payload];
    }),
});

export const pictureReducer = slice.reducer;
export const { pictureToggled, pictureReset } = slice.actions;
