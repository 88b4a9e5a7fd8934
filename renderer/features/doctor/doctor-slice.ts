import { createSlice } from '@reduxjs/toolkit';
import type { Draft, PayloadAction } from '@reduxjs/toolkit';
import type { ReplyOf } from '../../../shared/contract.ts';
import type { LogText } from '../../../shared/doctor-report.ts';
import { hostClosed, hostOpened } from '../hosts/hosts-slice.ts';
import type { WindowFailure } from '../hosts/hosts-slice.ts';
import { pageChosen } from '../navigation/navigation-slice.ts';

interface DoctorState {
  readonly pasted: string;
  /** Files that were chosen or dropped. */
  readonly files: readonly LogText[];
  /** The host whose facts are joined: the one that was looked at last, unless another is chosen. */
  readonly hostId: string | undefined;
  /** Whether the logs that the host's own source holds are read as well. */
  readonly withOwnLogs: boolean;
  /** Counts what was asked, so that a late answer to an earlier question is not shown. */
  readonly asked: number;
  readonly isReading: boolean;
  readonly answer: ReplyOf<'doctor:read'> | undefined;
  readonly failure: WindowFailure | undefined;
}

const initialState: DoctorState = {
  pasted: '',
  files: [],
  hostId: undefined,
  withOwnLogs: false,
  asked: 0,
  isReading: false,
  answer: undefined,
  failure: undefined,
};

interface Answered {
  readonly asked: number;
  readonly answer?: ReplyOf<'doctor:read'>;
  readonly failure?: WindowFailure;
}

const slice = createSlice({
  name: 'doctor',
  initialState,
  reducers: {
    logTyped: (state, { payload }: PayloadAction<string>) => {
      state.pasted = payload;
    },
    logsAdded: (state, { payload }: PayloadAction<readonly LogText[]>) => {
      const names = new Set(payload.map(({ name }) => name));
      state.files = [...state.files.filter(({ name }) => !names.has(name)), ...payload];
    },
    logRemoved: (state, { payload }: PayloadAction<string>) => {
      state.files = state.files.filter(({ name }) => name !== payload);
    },
    logsCleared: (state) => ({ ...initialState, hostId: state.hostId, asked: state.asked + 1 }),
    ownLogsChosen: (state) => {
      state.withOwnLogs = true;
    },
    doctorHostChosen: (state, { payload }: PayloadAction<string | undefined>) => {
      joinHost(state, payload);
    },
    doctorAsked: (state) => {
      state.asked += 1;
      state.isReading = true;
      state.failure = undefined;
    },
    doctorAnswered: (state, { payload }: PayloadAction<Answered>) => {
      if (payload.asked !== state.asked) return;
      state.isReading = false;
      state.answer = payload.answer;
      state.failure = payload.failure;
    },
  },
  extraReducers: (builder) =>
    builder
      .addCase(hostOpened, (state, { payload }) => {
        joinHost(state, payload.view.hostId);
      })
      .addCase(pageChosen, (state, { payload }) => {
        if (payload.kind === 'host') joinHost(state, payload.hostId);
      })
      .addCase(hostClosed, (state, { payload }) => {
        if (state.hostId === payload) joinHost(state, undefined);
      }),
});

/** What the logs of one host say is no answer for another. */
function joinHost(state: Draft<DoctorState>, hostId: string | undefined): void {
  if (state.withOwnLogs && state.hostId !== hostId) {
    state.withOwnLogs = false;
    state.answer = undefined;
    state.asked += 1;
    state.isReading = false;
  }
  state.hostId = hostId;
}

export const doctorReducer = slice.reducer;
export const {
  logTyped,
  logsAdded,
  logRemoved,
  logsCleared,
  ownLogsChosen,
  doctorHostChosen,
  doctorAsked,
  doctorAnswered,
} = slice.actions;
