import { failure } from '../../../shared/result.ts';
import type { AppThunk } from '../../app/store.ts';
import { readDropped } from '../hosts/read-dropped.ts';
import { fetchHost } from '../hosts/hosts-thunks.ts';
import { selectLogs } from './doctor-selectors.ts';
import { pageChosen } from '../navigation/navigation-slice.ts';
import {
  doctorAnswered,
  doctorAsked,
  doctorHostChosen,
  logsAdded,
  ownLogsChosen,
} from './doctor-slice.ts';

/** Reads the logs that are there, with the facts of the chosen host. */
export function readLogs(): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const logs = selectLogs(getState());
    const { hostId, withOwnLogs } = getState().doctor;
    if (logs.length === 0 && !withOwnLogs) return;
    dispatch(doctorAsked());
    const { asked } = getState().doctor;
    // For the inspector, which explains the devices that the answer names.
    if (hostId !== undefined) await dispatch(fetchHost(hostId));
    const encoder = new TextEncoder();
    const reply = await bridge.call('doctor:read', {
      logs: logs.map(({ name, text }) => ({ name, bytes: encoder.encode(text) })),
      ...(hostId !== undefined && { hostId }),
      withOwnLogs,
    });
    dispatch(
      doctorAnswered({ asked, ...(reply.ok ? { answer: reply.value } : { failure: reply.error }) }),
    );
  };
}

/** Reads the logs that the chosen host's own source holds, with what else is there. */
export function readOwnLogs(): AppThunk<Promise<void>> {
  return async (dispatch) => {
    dispatch(ownLogsChosen());
    await dispatch(readLogs());
  };
}

/** Shows on the page of logs what those of a host say. */
export function showHostLogs(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch) => {
    dispatch(doctorHostChosen(hostId));
    dispatch(pageChosen({ kind: 'doctor' }));
    await dispatch(readOwnLogs());
  };
}

/** Takes files that were dropped or chosen, and reads everything that is there. */
export function addLogFiles(files: readonly File[]): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const read = await Promise.all(files.map(readDropped));
    const decoder = new TextDecoder();
    dispatch(
      logsAdded(
        read.flatMap((one) =>
          one.ok ? [{ name: one.value.name, text: decoder.decode(one.value.bytes) }] : [],
        ),
      ),
    );
    const refused = read.find((one) => !one.ok);
    if (refused === undefined) {
      await dispatch(readLogs());
      return;
    }
    dispatch(doctorAsked());
    const { asked } = getState().doctor;
    const error = failure('cannot-open', refused.error.message).error;
    dispatch(doctorAnswered({ asked, failure: error }));
  };
}

/** Joins the facts of another host; what was read is read again with them. */
export function chooseDoctorHost(hostId: string | undefined): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    dispatch(doctorHostChosen(hostId));
    if (getState().doctor.answer !== undefined) await dispatch(readLogs());
  };
}
