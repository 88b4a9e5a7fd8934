import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';

export interface Settings {
  readonly theme: 'auto' | 'light' | 'dark';
  readonly density: 'comfortable' | 'compact';
  /** Whether addresses show the domain `0000:`. */
  readonly addresses: 'short' | 'long';
  /** Whether the inspector stands beside the page where there is room. */
  readonly inspector: 'shown' | 'hidden';
  readonly topology: 'picture' | 'tree';
  /** Whether changes of the live host show by themselves. */
  readonly watching: 'on' | 'off';
}

export const DEFAULT_SETTINGS: Settings = {
  theme: 'auto',
  density: 'comfortable',
  addresses: 'short',
  inspector: 'shown',
  topology: 'picture',
  watching: 'on',
};

const slice = createSlice({
  name: 'settings',
  initialState: DEFAULT_SETTINGS,
  reducers: {
    settingsChanged: (state, action: PayloadAction<Partial<Settings>>) => ({
      ...state,
      ...action.payload,
    }),
  },
});

export const settingsReducer = slice.reducer;
export const { settingsChanged } = slice.actions;
