import type { ReceiptView } from '../../../shared/binding.ts';
import type { RootState } from '../../app/store.ts';
import { RECEIPT_STATES } from './receipt-states.ts';
import type { ToldReceipts } from './receipts-slice.ts';
import type { HelperRun } from './runs-slice.ts';

export const selectReceipts = (state: RootState, hostId: string): ToldReceipts | undefined =>
  state.receipts.byHost[hostId];

export const selectReceipt = (
  state: RootState,
  hostId: string,
  id: string | undefined,
): ReceiptView | undefined =>
  selectReceipts(state, hostId)?.list?.receipts.find((receipt) => receipt.id === id);

/** The receipt whose timer runs: the one thing that a person must not forget. */
export const selectWaiting = (state: RootState, hostId: string): ReceiptView | undefined =>
  selectReceipts(state, hostId)?.list?.receipts.find(
    ({ canConfirm, secondsLeft }) => canConfirm && secondsLeft !== undefined,
  );

/** Whether a receipt changes by itself: its timer runs, or the kernel lets go of a device. */
export const selectIsMoving = (state: RootState, hostId: string): boolean =>
  selectReceipts(state, hostId)?.list?.receipts.some(
    (receipt) => receipt.secondsLeft !== undefined || RECEIPT_STATES[receipt.state].isUnfinished,
  ) === true;

export const selectRun = (state: RootState, jobId: string | undefined): HelperRun | undefined =>
  jobId === undefined ? undefined : state.runs.byJob[jobId];

/** The last run that was about a receipt, or about all of a host where none is named. */
export const selectRunOn = (
  state: RootState,
  hostId: string,
  receipt: string | undefined,
): HelperRun | undefined =>
  Object.values(state.runs.byJob).findLast(
    (run) => run.hostId === hostId && run.verb !== 'apply' && run.receipt === receipt,
  );

/** Whether a run has not ended yet. */
export function isRunning(run: HelperRun | undefined): boolean {
  return run !== undefined && run.report === undefined && run.failure === undefined;
}

/** Whether the helper works on the host for this window: a second one would be refused. */
export const selectIsHelperBusy = (state: RootState, hostId: string): boolean =>
  Object.values(state.runs.byJob).some((run) => run.hostId === hostId && isRunning(run));
