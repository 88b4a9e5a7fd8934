import type { OpenRequest } from '../../../shared/contract.ts';
import { failure } from '../../../shared/result.ts';
import type { AppThunk } from '../../app/store.ts';
import { readDropped } from '../hosts/read-dropped.ts';
import { hostFetched } from '../hosts/hosts-slice.ts';
import { sourceLabel } from '../hosts/source-words.ts';
import { comparisonArrived, partnerChosen, selectCompare } from './compare-slice.ts';

/** Compares a host with another one that is open. */
export function compareWith(
  hostId: string,
  otherId: string,
  isAfter?: boolean,
): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const chosen = isAfter ?? selectCompare(getState(), hostId).isAfter;
    dispatch(partnerChosen({ hostId, change: { otherId, isAfter: chosen } }));
    const [before, after] = chosen ? [otherId, hostId] : [hostId, otherId];
    const reply = await bridge.call('host:compare', { before, after });
    const now = selectCompare(getState(), hostId);
    if (now.otherId !== otherId || now.isAfter !== chosen) return;
    const change = reply.ok ? { value: reply.value } : { failure: reply.error };
    dispatch(comparisonArrived({ hostId, change }));
  };
}

/** Reads what a host is to be compared with, without leaving the page, and compares. */
export function compareWithSource(hostId: string, source: OpenRequest): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const reading = sourceLabel(source, getState().hosts.samples);
    dispatch(partnerChosen({ hostId, change: { reading } }));
    const reply = await bridge.call('host:open', { jobId: crypto.randomUUID(), source });
    const isWanted = selectCompare(getState(), hostId).reading === reading;
    if (reply.ok) dispatch(hostFetched({ view: reply.value }));
    if (!isWanted) return;
    if (reply.ok) await dispatch(compareWith(hostId, reply.value.hostId));
    else {
      const change = { reading: undefined, failure: reply.error };
      dispatch(comparisonArrived({ hostId, change }));
    }
  };
}

/** Compares a host with what is in a file. */
export function compareWithFile(hostId: string, file: File): AppThunk<Promise<void>> {
  return async (dispatch) => {
    const read = await readDropped(file);
    if (read.ok) await dispatch(compareWithSource(hostId, { kind: 'bytes', ...read.value }));
    else {
      const refused = failure('cannot-open', read.error.message).error;
      dispatch(partnerChosen({ hostId, change: { failure: refused } }));
    }
  };
}
