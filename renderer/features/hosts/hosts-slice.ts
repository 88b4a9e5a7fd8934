import { createSlice } from '@reduxjs/toolkit';
import type { Draft, PayloadAction } from '@reduxjs/toolkit';
import type { FailureCode, OpenRequest } from '../../../shared/contract.ts';
import type { Failure } from '../../../shared/result.ts';
import type {
  FunctionView,
  GroupView,
  HostSummary,
  HostView,
  Sample,
} from '../../../shared/view.ts';

export type WindowFailure = Failure<FailureCode>;

/** What can be asked for again without the bytes of a dropped file. */
type RepeatableSource = Exclude<OpenRequest, { kind: 'bytes' }>;

/** One host, normalised: functions by address, groups by id. */
export interface HostRecord extends Omit<HostView, 'functions' | 'groups'> {
  readonly functionIds: readonly string[];
  readonly functions: Readonly<Record<string, FunctionView>>;
  readonly groupIds: readonly string[];
  readonly groups: Readonly<Record<string, GroupView>>;
  /** Counts the readings, so that what was derived from an older one is not shown. */
  readonly reading: number;
}

/** A reading that is under way or failed. */
export interface Opening {
  readonly jobId: string;
  readonly label: string;
  readonly source: RepeatableSource | undefined;
  /** Set when an open host is read again. */
  readonly hostId: string | undefined;
  readonly text: string;
  readonly done: number;
  readonly total: number | undefined;
  readonly isCancelling: boolean;
  readonly failure: WindowFailure | undefined;
}

interface HostsState {
  readonly summaryIds: readonly string[];
  readonly summaries: Readonly<Record<string, HostSummary>>;
  readonly records: Readonly<Record<string, HostRecord>>;
  readonly openings: Readonly<Record<string, Opening>>;
  /** Failure of fetching a host that the backend listed. */
  readonly fetchFailures: Readonly<Record<string, WindowFailure>>;
  /** Host that came from a sample, by sample id. */
  readonly hostOfSample: Readonly<Record<string, string>>;
  readonly samples: readonly Sample[];
  readonly samplesFailure: WindowFailure | undefined;
}

const initialState: HostsState = {
  summaryIds: [],
  summaries: {},
  records: {},
  openings: {},
  fetchFailures: {},
  hostOfSample: {},
  samples: [],
  samplesFailure: undefined,
};

interface OpeningStarted {
  readonly jobId: string;
  readonly label: string;
  readonly source: RepeatableSource | undefined;
  readonly hostId: string | undefined;
}

interface HostOpened {
  readonly jobId: string;
  readonly view: HostView;
}

interface Progress {
  readonly jobId: string;
  readonly text: string;
  readonly done: number;
  readonly total?: number | undefined;
}

const slice = createSlice({
  name: 'hosts',
  initialState,
  reducers: {
    openingStarted: (state, { payload }: PayloadAction<OpeningStarted>) => {
      const fresh = { text: '', done: 0, total: undefined, isCancelling: false };
      state.openings[payload.jobId] = { ...payload, ...fresh, failure: undefined };
    },
    openingProgressed: (state, { payload }: PayloadAction<Progress>) => {
      const opening = state.openings[payload.jobId];
      if (opening === undefined) return;
      opening.text = payload.text;
      opening.done = payload.done;
      opening.total = payload.total;
    },
    openingCancelled: (state, { payload }: PayloadAction<string>) => {
      const opening = state.openings[payload];
      if (opening !== undefined) opening.isCancelling = true;
    },
    openingFailed: (
      state,
      { payload }: PayloadAction<{ jobId: string; failure: WindowFailure }>,
    ) => {
      const opening = state.openings[payload.jobId];
      if (opening !== undefined) opening.failure = payload.failure;
    },
    openingDismissed: (state, { payload }: PayloadAction<string>) => {
      delete state.openings[payload];
    },
    hostOpened: (state, { payload }: PayloadAction<HostOpened>) => {
      const source = state.openings[payload.jobId]?.source;
      delete state.openings[payload.jobId];
      const { hostId } = payload.view;
      if (source?.kind === 'sample') state.hostOfSample[source.id] = hostId;
      addHost(state, payload.view);
    },
    hostFetched: (state, { payload }: PayloadAction<Omit<HostOpened, 'jobId'>>) => {
      addHost(state, payload.view);
    },
    hostFetchFailed: (
      state,
      { payload }: PayloadAction<{ hostId: string; failure: WindowFailure }>,
    ) => {
      state.fetchFailures[payload.hostId] = payload.failure;
    },
    hostsListed: (state, { payload }: PayloadAction<readonly HostSummary[]>) => {
      for (const summary of payload) {
        if (!state.summaryIds.includes(summary.hostId)) state.summaryIds.push(summary.hostId);
        state.summaries[summary.hostId] = summary;
      }
    },
    hostClosed: (state, { payload }: PayloadAction<string>) => {
      state.summaryIds = state.summaryIds.filter((id) => id !== payload);
      delete state.summaries[payload];
      delete state.records[payload];
      delete state.fetchFailures[payload];
      for (const [sample, hostId] of Object.entries(state.hostOfSample)) {
        if (hostId === payload) delete state.hostOfSample[sample];
      }
    },
    samplesListed: (state, { payload }: PayloadAction<Sample[]>) => {
      state.samples = payload;
      state.samplesFailure = undefined;
    },
    samplesFailed: (state, { payload }: PayloadAction<WindowFailure>) => {
      state.samplesFailure = payload;
    },
  },
});

function addHost(state: Draft<HostsState>, view: HostView): void {
  const { hostId, title, source } = view;
  if (!state.summaryIds.includes(hostId)) state.summaryIds.push(hostId);
  const reading = (state.records[hostId]?.reading ?? 0) + 1;
  state.summaries[hostId] = { hostId, title, source };
  state.records[hostId] = normaliseHost(view, reading) as Draft<HostRecord>;
  delete state.fetchFailures[hostId];
}

function normaliseHost(view: HostView, reading: number): HostRecord {
  const { functions, groups, ...rest } = view;
  // Frozen here, so that Immer does not walk through thousands of functions to freeze them.
  return Object.freeze({
    ...rest,
    functionIds: functions.map((fn) => fn.bdf),
    functions: Object.fromEntries(functions.map((fn) => [fn.bdf, fn])),
    groupIds: groups.map((group) => group.id),
    groups: Object.fromEntries(groups.map((group) => [group.id, group])),
    reading,
  });
}

export const hostsReducer = slice.reducer;
export const {
  openingStarted,
  openingProgressed,
  openingCancelled,
  openingFailed,
  openingDismissed,
  hostOpened,
  hostFetched,
  hostFetchFailed,
  hostsListed,
  hostClosed,
  samplesListed,
  samplesFailed,
} = slice.actions;
