import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import type { CheckView, Explanation } from '../../../shared/view.ts';
import type { WindowFailure } from '../hosts/hosts-slice.ts';
import { hostClosed, hostFetched, hostOpened } from '../hosts/hosts-slice.ts';

/** An answer of the backend: not there yet, failed, or there. */
export interface Answer<T> {
  readonly value?: T;
  readonly failure?: WindowFailure;
}

interface InspectorState {
  /** By host, then by address. */
  readonly explanations: Readonly<Record<string, Readonly<Record<string, Answer<Explanation>>>>>;
  /** By host, then by what was asked: addresses joined by spaces. */
  readonly checks: Readonly<Record<string, Readonly<Record<string, Answer<CheckView>>>>>;
}

interface Answered<T> {
  readonly hostId: string;
  readonly key: string;
  readonly answer: Answer<T>;
}

const initialState: InspectorState = { explanations: {}, checks: {} };

const slice = createSlice({
  name: 'inspector',
  initialState,
  reducers: {
    explanationArrived: (state, { payload }: PayloadAction<Answered<Explanation>>) => {
      (state.explanations[payload.hostId] ??= {})[payload.key] = payload.answer;
    },
    checkArrived: (state, { payload }: PayloadAction<Answered<CheckView>>) => {
      (state.checks[payload.hostId] ??= {})[payload.key] = payload.answer;
    },
  },
  extraReducers: (builder) => {
    const forget = (state: { explanations: object; checks: object }, hostId: string) => {
      delete (state.explanations as Record<string, unknown>)[hostId];
      delete (state.checks as Record<string, unknown>)[hostId];
    };
    builder
      .addCase(hostClosed, (state, { payload }) => forget(state, payload))
      .addCase(hostOpened, (state, { payload }) => forget(state, payload.view.hostId))
      .addCase(hostFetched, (state, { payload }) => forget(state, payload.view.hostId));
  },
});

export const inspectorReducer = slice.reducer;
export const { explanationArrived, checkArrived } = slice.actions;
