import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import type { LibraryEntry } from '../../../shared/library-entry.ts';
import type { ImportReport, LibraryList } from '../../../shared/library-report.ts';
import { openingProgressed } from '../hosts/hosts-slice.ts';
import type { WindowFailure } from '../hosts/hosts-slice.ts';

/** How many snapshots are listed before somebody asks for more. */
export const FIRST_LIMIT = 1000;

/** Files that are imported now, or were. */
export interface ImportRun extends ImportReport {
  readonly jobId: string;
  readonly total: number;
  /** How many are done, whatever came of them. */
  readonly done: number;
  readonly text: string;
  readonly state: 'running' | 'stopping' | 'ended';
}

/** One snapshot or case that is looked at. */
export interface ShownEntry {
  /** `12` or `case:NAME`. */
  readonly name: string;
  readonly value?: LibraryEntry | undefined;
  readonly failure?: WindowFailure | undefined;
  /** What was done last, in one sentence. */
  readonly said?: string | undefined;
}

interface LibraryState {
  readonly query: string;
  readonly limit: number;
  /** Counts what was asked, so that a late answer to an earlier question is not shown. */
  readonly asked: number;
  readonly list: LibraryList | undefined;
  readonly listFailure: WindowFailure | undefined;
  readonly shown: ShownEntry | undefined;
  readonly run: ImportRun | undefined;
}

const initialState: LibraryState = {
  query: '',
  limit: FIRST_LIMIT,
  asked: 0,
  list: undefined,
  listFailure: undefined,
  shown: undefined,
  run: undefined,
};

interface Listed {
  readonly asked: number;
  readonly list?: LibraryList;
  readonly failure?: WindowFailure;
}

const slice = createSlice({
  name: 'library',
  initialState,
  reducers: {
    queryTyped: (state, { payload }: PayloadAction<string>) => {
      state.query = payload;
      state.limit = FIRST_LIMIT;
    },
    moreAsked: (state) => {
      state.limit *= 10;
    },
    listAsked: (state) => {
      state.asked += 1;
    },
    listAnswered: (state, { payload }: PayloadAction<Listed>) => {
      if (payload.asked !== state.asked) return;
      state.listFailure = payload.failure;
      if (payload.list !== undefined) state.list = payload.list;
    },
    entryChosen: (state, { payload }: PayloadAction<string | undefined>) => {
      state.shown = payload === undefined ? undefined : { name: payload };
    },
    entryAnswered: (state, { payload }: PayloadAction<ShownEntry>) => {
      if (state.shown?.name === payload.name) state.shown = { ...state.shown, ...payload };
    },
    importStarted: (state, { payload }: PayloadAction<Pick<ImportRun, 'jobId' | 'total'>>) => {
      state.run = { ...payload, done: 0, text: '', state: 'running', imported: [], failed: [] };
    },
    importAdvanced: (state, { payload }: PayloadAction<ImportReport>) => {
      if (state.run === undefined) return;
      state.run.done += 1;
      state.run.text = '';
      state.run.imported.push(...payload.imported);
      state.run.failed.push(...payload.failed);
    },
    importStopped: (state) => {
      if (state.run?.state === 'running') state.run.state = 'stopping';
    },
    importEnded: (state) => {
      if (state.run !== undefined) state.run.state = 'ended';
    },
    importDismissed: (state) => {
      state.run = undefined;
    },
  },
  extraReducers: (builder) =>
    builder.addCase(openingProgressed, (state, { payload }) => {
      if (state.run?.jobId === payload.jobId) state.run.text = payload.text;
    }),
});

export const libraryReducer = slice.reducer;
export const {
  queryTyped,
  moreAsked,
  listAsked,
  listAnswered,
  entryChosen,
  entryAnswered,
  importStarted,
  importAdvanced,
  importStopped,
  importEnded,
  importDismissed,
} = slice.actions;
