import type { AppThunk } from '../../app/store.ts';
import { checkArrived, explanationArrived } from './inspector-slice.ts';

/** Asks why a function is in its group, unless the answer is there. */
export function explainFunction(hostId: string, bdf: string): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    if (getState().inspector.explanations[hostId]?.[bdf]?.value !== undefined) return;
    const reading = getState().hosts.records[hostId]?.reading;
    const reply = await bridge.call('host:explain', { hostId, bdf });
    if (getState().hosts.records[hostId]?.reading !== reading) return;
    const answer = reply.ok ? { value: reply.value } : { failure: reply.error };
    dispatch(explanationArrived({ hostId, key: bdf, answer }));
  };
}

/** Asks what a whole-group move for these functions means, unless the answer is there. */
export function checkFunctions(hostId: string, bdfs: readonly string[]): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const key = checkKey(bdfs);
    if (bdfs.length === 0 || getState().inspector.checks[hostId]?.[key]?.value !== undefined)
      return;
    const reading = getState().hosts.records[hostId]?.reading;
    const reply = await bridge.call('host:check', { hostId, bdfs: [...bdfs] });
    if (getState().hosts.records[hostId]?.reading !== reading) return;
    const answer = reply.ok ? { value: reply.value } : { failure: reply.error };
    dispatch(checkArrived({ hostId, key, answer }));
  };
}

/** Key of a check in the state. */
export function checkKey(bdfs: readonly string[]): string {
  return bdfs.join(' ');
}
