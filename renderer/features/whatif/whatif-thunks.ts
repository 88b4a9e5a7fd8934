import type { AppThunk } from '../../app/store.ts';
import { whatifAnswered } from './whatif-slice.ts';

/** Asks what the changes would do, unless the answer is there. */
export function askWhatif(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const whatif = getState().whatif.byHost[hostId];
    if (whatif === undefined || whatif.changes.length === 0) return;
    if (whatif.report !== undefined || whatif.failure !== undefined) return;
    const { changes } = whatif;
    const reply = await bridge.call('host:whatif', { hostId, changes: [...changes] });
    const answer = reply.ok ? { report: reply.value } : { failure: reply.error };
    dispatch(whatifAnswered({ hostId, changes, answer }));
  };
}
