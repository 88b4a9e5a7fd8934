import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import type { WhatifReport } from '../../../shared/whatif-report.ts';
import { hostClosed, hostFetched, hostOpened } from '../hosts/hosts-slice.ts';
import type { WindowFailure } from '../hosts/hosts-slice.ts';
import { withChange } from './change-words.ts';

/** What is supposed of one host, and what would come of it. */
export interface Whatif {
  /** As typed on the command line. */
  readonly changes: readonly string[];
  readonly report?: WhatifReport;
  readonly failure?: WindowFailure;
  /** How the answer is shown. */
  readonly view: 'list' | 'before' | 'after';
}

interface WhatifState {
  readonly byHost: Readonly<Record<string, Whatif>>;
}

export const NO_CHANGES: Whatif = { changes: [], view: 'list' };

const initialState: WhatifState = { byHost: {} };

interface OfHost<T> {
  readonly hostId: string;
  readonly value: T;
}

type Answer = Pick<Whatif, 'report' | 'failure'>;

/** Answered for these changes; an answer that comes late is not for the changes of now. */
interface Answered {
  readonly hostId: string;
  readonly changes: readonly string[];
  readonly answer: Answer;
}

const slice = createSlice({
  name: 'whatif',
  initialState,
  reducers: {
    changeAdded: (state, { payload }: PayloadAction<OfHost<string>>) => {
      const { changes, view } = state.byHost[payload.hostId] ?? NO_CHANGES;
      const next = { changes: [...withChange(changes, payload.value)], view };
      state.byHost[payload.hostId] = next;
    },
    changeRemoved: (state, { payload }: PayloadAction<OfHost<string>>) => {
      const { changes, view } = state.byHost[payload.hostId] ?? NO_CHANGES;
      const left = changes.filter((word) => word !== payload.value);
      state.byHost[payload.hostId] = { changes: left, view };
    },
    whatifCleared: (state, { payload }: PayloadAction<string>) => {
      delete state.byHost[payload];
    },
    whatifViewChosen: (state, { payload }: PayloadAction<OfHost<Whatif['view']>>) => {
      (state.byHost[payload.hostId] ??= { ...NO_CHANGES, changes: [] }).view = payload.value;
    },
    whatifAnswered: (state, { payload }: PayloadAction<Answered>) => {
      const whatif = state.byHost[payload.hostId];
      if (whatif?.changes.join(' ') !== payload.changes.join(' ')) return;
      state.byHost[payload.hostId] = {
        changes: whatif.changes,
        view: whatif.view,
        ...(payload.answer as { report?: never }),
      };
    },
  },
  extraReducers: (builder) => {
    // Another reading may answer otherwise: the changes stay, and are asked again.
    const forget = (state: WhatifState, hostId: string) => {
      const byHost = state.byHost as Record<string, Whatif>;
      const { changes, view } = byHost[hostId] ?? NO_CHANGES;
      byHost[hostId] = { changes, view };
    };
    builder
      .addCase(hostOpened, (state, { payload }) => forget(state, payload.view.hostId))
      .addCase(hostFetched, (state, { payload }) => forget(state, payload.view.hostId))
      .addCase(hostClosed, (state, { payload }) => {
        delete state.byHost[payload];
      });
  },
});

export const whatifReducer = slice.reducer;
export const { changeAdded, changeRemoved, whatifCleared, whatifViewChosen, whatifAnswered } =
  slice.actions;
