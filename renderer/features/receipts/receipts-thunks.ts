import type { ReceiptList, ReceiptView } from '../../../shared/binding.ts';
import type { HelperReport } from '../../../shared/helper-report.ts';
import type { Reply } from '../../../shared/contract.ts';
import type { AppThunk } from '../../app/store.ts';
import type { Bridge } from '../../bridge/bridge.ts';
import { rescanHost } from '../hosts/hosts-thunks.ts';
import { selectIsHelperBusy, selectReceipts } from './receipts-selectors.ts';
import { receiptsTold } from './receipts-slice.ts';
import { runEnded, runFailed, runStarted, stopAsked } from './runs-slice.ts';
import type { RunWish } from './runs-slice.ts';

/** Asks what was done on a host. */
export function listReceipts(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const before = selectReceipts(getState(), hostId)?.list;
    const reply = await bridge.call('receipt:list', { hostId });
    const told = reply.ok ? { list: reply.value } : { failure: reply.error };
    dispatch(receiptsTold({ hostId, ...told, toldAtMs: Date.now() }));
    const isBusy = selectIsHelperBusy(getState(), hostId);
    if (reply.ok && !isBusy && gaveBackItself(before, reply.value)) {
      await dispatch(rescanHost(hostId));
    }
  };
}

/** A timer, or somebody in a terminal: the drivers are not those of the reading any more. */
function gaveBackItself(before: ReceiptList | undefined, now: ReceiptList): boolean {
  const undone = new Set(now.receipts.filter(isUndone).map(({ id }) => id));
  return before?.receipts.some((receipt) => !isUndone(receipt) && undone.has(receipt.id)) === true;
}

function isUndone({ state }: ReceiptView): boolean {
  return state === 'undone';
}

/** Has a plan carried out that the backend made. */
export function applyPlan(
  jobId: string,
  hostId: string,
  planId: string,
): AppThunk<Promise<HelperReport | undefined>> {
  return runHelper({ jobId, hostId, verb: 'apply', receipt: undefined }, (bridge) =>
    bridge.call('plan:apply', { jobId, hostId, planId }),
  );
}

export function confirmReceipt(hostId: string, receipt: string): AppThunk<Promise<unknown>> {
  const jobId = crypto.randomUUID();
  return runHelper({ jobId, hostId, verb: 'confirm', receipt }, (bridge) =>
    bridge.call('receipt:confirm', { jobId, hostId, receipt }),
  );
}

export function undoReceipt(hostId: string, receipt: string): AppThunk<Promise<unknown>> {
  const jobId = crypto.randomUUID();
  return runHelper({ jobId, hostId, verb: 'undo', receipt }, (bridge) =>
    bridge.call('receipt:undo', { jobId, hostId, receipt }),
  );
}

/** Gives back what runs that were ended in the middle still hold. */
export function recoverHost(hostId: string): AppThunk<Promise<unknown>> {
  const jobId = crypto.randomUUID();
  return runHelper({ jobId, hostId, verb: 'recover', receipt: undefined }, (bridge) =>
    bridge.call('receipt:recover', { jobId, hostId }),
  );
}

/** Asks a run to give back what it did. */
export function stopRun(jobId: string): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    dispatch(stopAsked(jobId));
    await bridge.call('job:cancel', { jobId });
  };
}

/** Ends of a run after which drivers may be others than in the reading. */
const CHANGED: ReadonlySet<string | undefined> = new Set(['applied', 'undone']);

/** Follows a run to its end; then receipts and drivers are not what they were. */
function runHelper(
  wish: RunWish,
  ask: (bridge: Bridge) => Promise<Reply<'plan:apply'>>,
): AppThunk<Promise<HelperReport | undefined>> {
  return async (dispatch, _getState, { bridge }) => {
    const { jobId, hostId } = wish;
    dispatch(runStarted(wish));
    const reply = await ask(bridge);
    if (reply.ok) dispatch(runEnded({ jobId, report: reply.value }));
    else dispatch(runFailed({ jobId, failure: reply.error }));
    await dispatch(listReceipts(hostId));
    // While the kernel waits for a device it answers no reader of it: a stuck run is not read after.
    const isChanged = reply.ok && CHANGED.has(reply.value.result);
    if (isChanged) await dispatch(rescanHost(hostId));
    return reply.ok ? reply.value : undefined;
  };
}
