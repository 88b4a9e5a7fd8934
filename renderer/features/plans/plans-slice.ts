import { createSlice } from '@reduxjs/toolkit';
import type { Draft as Mutable, PayloadAction } from '@reduxjs/toolkit';
import type { PlanAnswer, PlanExport } from '../../../shared/binding.ts';
import { hostClosed, type WindowFailure } from '../hosts/hosts-slice.ts';

export const WIZARD_STEPS = [
  'choose',
  'understand',
  'decide',
  'review',
  'apply',
  'confirm',
] as const;
export type WizardStep = (typeof WIZARD_STEPS)[number];
export type BindingTime = 'now' | 'boot' | 'both';

/** Where an exported plan went; the bytes of an archive are the browser's by then. */
export type Exported =
  Extract<PlanExport, { kind: 'folder' }> | Omit<Extract<PlanExport, { kind: 'archive' }>, 'bytes'>;

/** What somebody wants on one host, and how far they are. */
export interface PlanDraft {
  readonly step: WizardStep;
  readonly addresses: readonly string[];
  /** Addresses that were typed against a stop. */
  readonly overrides: readonly string[];
  readonly time: BindingTime;
  readonly timerMinutes: number;
  readonly initramfs: string | undefined;
  readonly loader: string | undefined;
  /** What the kernel is told besides, from the next boot on. */
  readonly arguments: readonly string[];
  /** What the answer was asked for; an answer to something older is not shown. */
  readonly askedKey: string | undefined;
  readonly answer: PlanAnswer | undefined;
  readonly failure: WindowFailure | undefined;
  readonly jobId: string | undefined;
  readonly receipt: string | undefined;
  readonly exported: Exported | undefined;
  readonly exportFailure: WindowFailure | undefined;
}

export const NEW_DRAFT: PlanDraft = {
  step: 'choose',
  addresses: [],
  overrides: [],
  time: 'now',
  timerMinutes: 10,
  initramfs: undefined,
  loader: undefined,
  arguments: [],
  askedKey: undefined,
  answer: undefined,
  failure: undefined,
  jobId: undefined,
  receipt: undefined,
  exported: undefined,
  exportFailure: undefined,
};

/** What a person can change about a wish. */
export type WishChange = Partial<
  Pick<
    PlanDraft,
    'addresses' | 'overrides' | 'time' | 'timerMinutes' | 'initramfs' | 'loader' | 'arguments'
  >
>;

interface PlansState {
  readonly byHost: Readonly<Record<string, PlanDraft>>;
}

type OfHost<T> = PayloadAction<T & { readonly hostId: string }>;

const initialState: PlansState = { byHost: {} };

const slice = createSlice({
  name: 'plans',
  initialState,
  reducers: {
    planStarted: (state, { payload }: OfHost<{ addresses: readonly string[] }>) => {
      const step = payload.addresses.length === 0 ? 'choose' : 'understand';
      const draft = { ...NEW_DRAFT, step, addresses: payload.addresses };
      state.byHost[payload.hostId] = draft as Mutable<PlanDraft>;
    },
    /** A kernel argument alone: there is nothing to choose or to understand first. */
    argumentPlanned: (state, { payload }: OfHost<{ argument: string }>) => {
      const words = [payload.argument];
      const draft: PlanDraft = { ...NEW_DRAFT, step: 'review', time: 'boot', arguments: words };
      state.byHost[payload.hostId] = draft as Mutable<PlanDraft>;
    },
    stepChosen: (state, { payload }: OfHost<{ step: WizardStep }>) => {
      const draft = draftOf(state, payload.hostId);
      draft.step = payload.step;
      // Who goes back thinks about the plan again: what came of the last run is over.
      if (payload.step !== 'apply' && payload.step !== 'confirm') draft.jobId = undefined;
    },
    wishChanged: (state, { payload }: OfHost<{ change: WishChange }>) => {
      Object.assign(draftOf(state, payload.hostId), payload.change);
    },
    planAsked: (state, { payload }: OfHost<{ key: string }>) => {
      const draft = draftOf(state, payload.hostId);
      const gone = { answer: undefined, failure: undefined, jobId: undefined, receipt: undefined };
      const notSaved = { exported: undefined, exportFailure: undefined };
      Object.assign(draft, gone, notSaved, { askedKey: payload.key });
    },
    planAnswered: (
      state,
      { payload }: OfHost<{ key: string; answer?: PlanAnswer; failure?: WindowFailure }>,
    ) => {
      const draft = draftOf(state, payload.hostId);
      if (draft.askedKey !== payload.key) return;
      draft.answer = payload.answer;
      draft.failure = payload.failure;
    },
    planSaved: (state, { payload }: OfHost<{ exported?: Exported; failure?: WindowFailure }>) => {
      const draft = draftOf(state, payload.hostId);
      draft.exported = payload.exported;
      draft.exportFailure = payload.failure;
    },
    planBegun: (state, { payload }: OfHost<{ jobId: string }>) => {
      draftOf(state, payload.hostId).jobId = payload.jobId;
    },
    planApplied: (state, { payload }: OfHost<{ receipt: string | undefined }>) => {
      const draft = draftOf(state, payload.hostId);
      draft.receipt = payload.receipt;
      draft.step = 'confirm';
    },
  },
  extraReducers: (builder) =>
    builder.addCase(hostClosed, (state, { payload }) => {
      delete state.byHost[payload];
    }),
});

/** Made where there is none; read again, because only what Immer hands out may be changed. */
function draftOf(state: Mutable<PlansState>, hostId: string): Mutable<PlanDraft> {
  const { byHost } = state;
  byHost[hostId] ??= { ...NEW_DRAFT } as Mutable<PlanDraft>;
  return byHost[hostId];
}

export const plansReducer = slice.reducer;
export const {
  planStarted,
  argumentPlanned,
  stepChosen,
  wishChanged,
  planAsked,
  planAnswered,
  planSaved,
  planBegun,
  planApplied,
} = slice.actions;
