import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import { hostClosed, hostOpened, openingDismissed, openingStarted } from '../hosts/hosts-slice.ts';

export const HOST_TABS = [
  'overview',
  'groups',
  'topology',
  'whatif',
  'plans',
  'vm',
  'receipts',
  'problems',
  'compare',
] as const;
export type HostTab = (typeof HOST_TABS)[number];

/** Where the window is: plain data in place of a router. */
export type Page =
  | { readonly kind: 'start' }
  | { readonly kind: 'opening'; readonly jobId: string }
  | { readonly kind: 'host'; readonly hostId: string; readonly tab: HostTab }
  | { readonly kind: 'samples' }
  | { readonly kind: 'open' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'library' }
  | { readonly kind: 'doctor' };

interface NavigationState {
  readonly page: Page;
}

const initialState: NavigationState = { page: { kind: 'start' } };

const slice = createSlice({
  name: 'navigation',
  initialState,
  reducers: {
    pageChosen: (state, action: PayloadAction<Page>) => {
      state.page = action.payload;
    },
    tabChosen: (state, action: PayloadAction<HostTab>) => {
      if (state.page.kind === 'host') state.page.tab = action.payload;
    },
  },
  extraReducers: (builder) =>
    builder
      .addCase(openingStarted, (state, { payload }) => {
        if (payload.hostId === undefined) state.page = { kind: 'opening', jobId: payload.jobId };
      })
      .addCase(hostOpened, (state, { payload }) => {
        const { page } = state;
        if (page.kind !== 'opening' || page.jobId !== payload.jobId) return;
        state.page = { kind: 'host', hostId: payload.view.hostId, tab: 'overview' };
      })
      .addCase(openingDismissed, (state, { payload }) => {
        if (state.page.kind === 'opening' && state.page.jobId === payload) {
          state.page = { kind: 'samples' };
        }
      })
      .addCase(hostClosed, (state, { payload }) => {
        if (state.page.kind === 'host' && state.page.hostId === payload) {
          state.page = { kind: 'samples' };
        }
      }),
});

export const navigationReducer = slice.reducer;
export const { pageChosen, tabChosen } = slice.actions;
