import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import type { HelperProgress } from '../../../shared/binding.ts';
import type { HelperReport } from '../../../shared/helper-report.ts';
import type { WindowFailure } from '../hosts/hosts-slice.ts';

/** What one run of the helper is about. */
export interface RunWish {
  readonly jobId: string;
  readonly hostId: string;
  readonly verb: HelperReport['verb'];
  /** The receipt that is confirmed or undone. */
  readonly receipt: string | undefined;
}

export type StepPhase = 'begin' | 'done' | 'undone';
export type HelperProblem = HelperReport['problems'][number];

/** A run of the helper: under way, or ended with a report or a failure. */
export interface HelperRun extends RunWish {
  /** By number of the step, from 1. */
  readonly phases: Readonly<Record<number, StepPhase>>;
  readonly total: number;
  readonly problems: readonly HelperProblem[];
  readonly isStopping: boolean;
  readonly report: HelperReport | undefined;
  readonly failure: WindowFailure | undefined;
}

interface RunsState {
  readonly byJob: Readonly<Record<string, HelperRun>>;
}

const initialState: RunsState = { byJob: {} };

const slice = createSlice({
  name: 'runs',
  initialState,
  reducers: {
    runStarted: (state, { payload }: PayloadAction<RunWish>) => {
      const fresh = { phases: {}, total: 0, problems: [], isStopping: false };
      state.byJob[payload.jobId] = { ...payload, ...fresh, report: undefined, failure: undefined };
    },
    helperSpoke: (state, { payload }: PayloadAction<HelperProgress>) => {
      const run = state.byJob[payload.jobId];
      if (run === undefined) return;
      const { said } = payload;
      if (said.kind === 'problem') {
        run.problems.push(said);
      } else {
        run.phases[said.number] = said.phase;
        run.total = said.total;
      }
    },
    stopAsked: (state, { payload }: PayloadAction<string>) => {
      const run = state.byJob[payload];
      if (run !== undefined) run.isStopping = true;
    },
    runEnded: (state, { payload }: PayloadAction<{ jobId: string; report: HelperReport }>) => {
      const run = state.byJob[payload.jobId];
      if (run === undefined) return;
      run.report = payload.report;
      run.problems = payload.report.problems;
    },
    runFailed: (state, { payload }: PayloadAction<{ jobId: string; failure: WindowFailure }>) => {
      const run = state.byJob[payload.jobId];
      if (run !== undefined) run.failure = payload.failure;
    },
    runDismissed: (state, { payload }: PayloadAction<string>) => {
      delete state.byJob[payload];
    },
  },
});

export const runsReducer = slice.reducer;
export const { runStarted, helperSpoke, stopAsked, runEnded, runFailed, runDismissed } =
  slice.actions;
