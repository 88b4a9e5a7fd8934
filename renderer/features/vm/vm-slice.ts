import { createSlice } from '@reduxjs/toolkit';
import type { Draft as Mutable, PayloadAction } from '@reduxjs/toolkit';
import type { VmExport, VmImport, VmMerge } from '../../../shared/vm-import.ts';
import type { VmReport, VmTarget } from '../../../shared/vm-report.ts';
import { hostClosed, type WindowFailure } from '../hosts/hosts-slice.ts';
import { NEW_FORM, type VmForm } from './vm-form.ts';

/** What is kept of a host between starts. */
export interface VmDraft {
  readonly form: VmForm;
  readonly target: VmTarget;
}

export const NEW_VM: VmDraft = { form: NEW_FORM, target: 'libvirt' };

/** Where saved files went; the bytes of a download are the browser's by then. */
export type VmSaved =
  Extract<VmExport, { kind: 'folder' }> | Omit<Extract<VmExport, { kind: 'download' }>, 'bytes'>;

/** An answer with what it was asked for: one to something older is not shown. */
export interface Asked<T> {
  readonly key: string | undefined;
  readonly isWaiting: boolean;
  /** The last one that there was; stays on show while the next is made. */
  readonly value: T | undefined;
  readonly failure: WindowFailure | undefined;
}

/** What is on the page of one host, as long as the window is open. */
export interface VmView {
  readonly mode: 'new' | 'existing';
  readonly report: Asked<VmReport>;
  readonly shownFile: number;
  readonly saved: VmSaved | undefined;
  readonly saveFailure: WindowFailure | undefined;
  /** The text of a machine that exists. */
  readonly text: string;
  readonly existing: Asked<VmImport>;
  readonly merge: Asked<VmMerge>;
}

const NOT_ASKED = { key: undefined, isWaiting: false, value: undefined, failure: undefined };

export const NEW_VIEW: VmView = {
  mode: 'new',
  report: NOT_ASKED,
  shownFile: 0,
  saved: undefined,
  saveFailure: undefined,
  text: '',
  existing: NOT_ASKED,
  merge: NOT_ASKED,
};

/** The three questions of the page. */
export interface VmAnswers {
  readonly report: VmReport;
  readonly existing: VmImport;
  readonly merge: VmMerge;
}

export interface VmState {
  /** By the source of the host, which outlives its id. */
  readonly drafts: Readonly<Record<string, VmDraft>>;
  /** By host. */
  readonly views: Readonly<Record<string, VmView>>;
}

type OfHost<T> = PayloadAction<T & { readonly hostId: string }>;
type OfSource<T> = PayloadAction<T & { readonly source: string }>;
interface Answered {
  readonly question: keyof VmAnswers;
  readonly key: string;
  readonly value?: VmAnswers[keyof VmAnswers];
  readonly failure?: WindowFailure;
}

const initialState: VmState = { drafts: {}, views: {} };

const slice = createSlice({
  name: 'vm',
  initialState,
  reducers: {
    formChanged: (state, { payload }: OfSource<{ change: Partial<VmForm> }>) => {
      Object.assign(draftOf(state, payload.source).form, payload.change);
    },
    formCleared: (state, { payload }: OfSource<object>) => {
      draftOf(state, payload.source).form = { ...NEW_FORM } as Mutable<VmForm>;
    },
    targetChosen: (state, { payload }: OfSource<{ target: VmTarget; hostId: string }>) => {
      draftOf(state, payload.source).target = payload.target;
      viewOf(state, payload.hostId).shownFile = 0;
    },
    modeChosen: (state, { payload }: OfHost<{ mode: VmView['mode'] }>) => {
      viewOf(state, payload.hostId).mode = payload.mode;
    },
    fileChosen: (state, { payload }: OfHost<{ file: number }>) => {
      viewOf(state, payload.hostId).shownFile = payload.file;
    },
    textTaken: (state, { payload }: OfHost<{ text: string }>) => {
      const gone = { existing: NOT_ASKED, merge: NOT_ASKED };
      Object.assign(viewOf(state, payload.hostId), gone, { text: payload.text });
    },
    questionAsked: (state, { payload }: OfHost<{ question: keyof VmAnswers; key: string }>) => {
      const view = viewOf(state, payload.hostId);
      const { question, key } = payload;
      Object.assign(view, { [question]: { ...view[question], key, isWaiting: true } });
      if (question !== 'report') return;
      view.saved = undefined;
      view.saveFailure = undefined;
    },
    questionAnswered: (state, { payload }: OfHost<Answered>) => {
      const { question, key, failure } = payload;
      const view = viewOf(state, payload.hostId);
      const asked = view[question];
      if (asked.key !== key) return;
      const value = payload.value ?? asked.value;
      Object.assign(view, { [question]: { key, isWaiting: false, value, failure } });
    },
    vmSaved: (state, { payload }: OfHost<{ saved?: VmSaved; failure?: WindowFailure }>) => {
      const view = viewOf(state, payload.hostId);
      view.saved = payload.saved;
      view.saveFailure = payload.failure;
    },
  },
  extraReducers: (builder) =>
    builder.addCase(hostClosed, (state, { payload }) => {
      delete state.views[payload];
    }),
});

/** Read again, because only what Immer hands out may be changed. */
function draftOf({ drafts }: Mutable<VmState>, source: string): Mutable<VmDraft> {
  drafts[source] ??= { ...NEW_VM, form: { ...NEW_FORM } } as Mutable<VmDraft>;
  return drafts[source];
}

function viewOf({ views }: Mutable<VmState>, hostId: string): Mutable<VmView> {
  views[hostId] ??= { ...NEW_VIEW } as Mutable<VmView>;
  return views[hostId];
}

export const vmReducer = slice.reducer;
export const {
  formChanged,
  formCleared,
  targetChosen,
  modeChosen,
  fileChosen,
  textTaken,
  questionAsked,
  questionAnswered,
  vmSaved,
} = slice.actions;
