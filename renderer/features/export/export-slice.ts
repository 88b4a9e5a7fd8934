import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import type { ArgsOf } from '../../../shared/contract.ts';
import type { RedactionPreview } from '../../../shared/redaction-preview.ts';
import { hostClosed } from '../hosts/hosts-slice.ts';
import type { WindowFailure } from '../hosts/hosts-slice.ts';

export type CopySource = ArgsOf<'redact:preview'>['source'];

/** What became of the last report of a host. */
interface Outcome {
  readonly said?: string | undefined;
  readonly failure?: WindowFailure | undefined;
}

/** A copy without names and serials that a person looks at before it is saved. */
export interface Copying extends Outcome {
  readonly jobId: string;
  readonly source: CopySource;
  /** What the original is called. */
  readonly title: string;
  readonly isSaving: boolean;
  readonly preview?: RedactionPreview;
}

interface ExportState {
  readonly reports: Readonly<Record<string, Outcome>>;
  readonly copying: Copying | undefined;
}

const initialState: ExportState = { reports: {}, copying: undefined };

type CopyAnswer = Pick<Copying, 'jobId'> & Partial<Pick<Copying, 'preview' | 'said' | 'failure'>>;

const slice = createSlice({
  name: 'export',
  initialState,
  reducers: {
    reportHandedOut: (
      state,
      { payload: { hostId, ...outcome } }: PayloadAction<Outcome & { hostId: string }>,
    ) => {
      state.reports[hostId] = outcome;
    },
    copyAsked: (state, { payload }: PayloadAction<Pick<Copying, 'jobId' | 'source' | 'title'>>) => {
      state.copying = { ...payload, isSaving: false };
    },
    copySaving: (state) => {
      if (state.copying === undefined) return;
      state.copying.isSaving = true;
      state.copying.failure = undefined;
    },
    /** An answer to what was closed meanwhile is for nobody. */
    copyAnswered: (state, { payload }: PayloadAction<CopyAnswer>) => {
      const { copying } = state;
      if (copying?.jobId !== payload.jobId) return;
      state.copying = { ...copying, ...payload, isSaving: false };
    },
    copyClosed: (state) => {
      state.copying = undefined;
    },
  },
  extraReducers: (builder) =>
    builder.addCase(hostClosed, (state, { payload }) => {
      delete state.reports[payload];
    }),
});

export const exportReducer = slice.reducer;
export const { reportHandedOut, copyAsked, copySaving, copyAnswered, copyClosed } = slice.actions;
