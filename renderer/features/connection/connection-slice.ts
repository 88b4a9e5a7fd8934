import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import type { AppInfo } from '../../../shared/contract.ts';
import type { ConnectionState } from '../../bridge/bridge.ts';

interface ConnectionSlice {
  readonly state: ConnectionState;
  readonly info: AppInfo | undefined;
}

const initialState: ConnectionSlice = { state: 'connecting', info: undefined };

const slice = createSlice({
  name: 'connection',
  initialState,
  reducers: {
    connectionChanged: (state, action: PayloadAction<ConnectionState>) => {
      state.state = action.payload;
    },
    appInfoArrived: (state, action: PayloadAction<AppInfo>) => {
      state.info = action.payload;
    },
  },
});

export const connectionReducer = slice.reducer;
export const { connectionChanged, appInfoArrived } = slice.actions;
