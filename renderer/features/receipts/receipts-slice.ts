import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import type { ReceiptList } from '../../../shared/binding.ts';
import { hostClosed, type WindowFailure } from '../hosts/hosts-slice.ts';

/** The receipts of a host as they were told last. */
export interface ToldReceipts {
  readonly list: ReceiptList | undefined;
  readonly failure: WindowFailure | undefined;
  /** Seconds that are left count from here. */
  readonly toldAtMs: number;
}

interface ReceiptsState {
  readonly byHost: Readonly<Record<string, ToldReceipts>>;
}

const initialState: ReceiptsState = { byHost: {} };

interface Told {
  readonly hostId: string;
  readonly list?: ReceiptList;
  readonly failure?: WindowFailure;
  readonly toldAtMs: number;
}

const slice = createSlice({
  name: 'receipts',
  initialState,
  reducers: {
    receiptsTold: (state, { payload }: PayloadAction<Told>) => {
      const { hostId, list, failure, toldAtMs } = payload;
      // An answer that did not come leaves the last one on show.
      state.byHost[hostId] = { list: list ?? state.byHost[hostId]?.list, failure, toldAtMs };
    },
  },
  extraReducers: (builder) =>
    builder.addCase(hostClosed, (state, { payload }) => {
      delete state.byHost[payload];
    }),
});

export const receiptsReducer = slice.reducer;
export const { receiptsTold } = slice.actions;
