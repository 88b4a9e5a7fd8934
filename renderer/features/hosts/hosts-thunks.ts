import type { OpenRequest } from '../../../shared/contract.ts';
import type { AppThunk } from '../../app/store.ts';
import { pageChosen } from '../navigation/navigation-slice.ts';
import {
  hostClosed,
  hostFetchFailed,
  hostFetched,
  hostOpened,
  hostsListed,
  openingCancelled,
  openingDismissed,
  openingFailed,
  openingStarted,
  samplesFailed,
  samplesListed,
} from './hosts-slice.ts';
import { selectLiveHostId } from './hosts-selectors.ts';
import { readDropped } from './read-dropped.ts';
import { sourceLabel } from './source-words.ts';

/** Opens a source and shows it when it is read. */
export function openSource(source: OpenRequest): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const jobId = crypto.randomUUID();
    const label = sourceLabel(source, getState().hosts.samples);
    const repeatable = source.kind === 'bytes' ? undefined : source;
    dispatch(openingStarted({ jobId, label, source: repeatable, hostId: undefined }));
    const reply = await bridge.call('host:open', { jobId, source });
    if (reply.ok) dispatch(hostOpened({ jobId, view: reply.value }));
    else if (reply.error.code === 'cancelled') dispatch(openingDismissed(jobId));
    else dispatch(openingFailed({ jobId, failure: reply.error }));
  };
}

/** Shows this host, reading it first where that has not happened. */
export function openThisHost(): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const hostId = selectLiveHostId(getState());
    if (hostId === undefined) await dispatch(openSource({ kind: 'live' }));
    else await dispatch(showHost(hostId));
  };
}

/** Shows a sample; one that is open already is not read twice. */
export function openSample(id: string): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const hostId = getState().hosts.hostOfSample[id];
    if (hostId === undefined) await dispatch(openSource({ kind: 'sample', id }));
    else await dispatch(showHost(hostId));
  };
}

/** Opens what was dropped on the window or chosen in the browser's dialog. */
export function openFile(file: File): AppThunk<Promise<void>> {
  return async (dispatch) => {
    const read = await readDropped(file);
    if (read.ok) {
      await dispatch(openSource({ kind: 'bytes', ...read.value }));
      return;
    }
    const jobId = crypto.randomUUID();
    dispatch(openingStarted({ jobId, label: file.name, source: undefined, hostId: undefined }));
    dispatch(openingFailed({ jobId, failure: read.error }));
  };
}

/** Opens several files; the last one is shown. */
export function openFiles(files: readonly File[]): AppThunk<Promise<void>> {
  return async (dispatch) => {
    await Promise.all(files.map((file) => dispatch(openFile(file))));
  };
}

/** What a text without a file is called. */
const PASTED = 'pasted text';

/** Opens a text that was pasted: reports of any kind, several in one. */
export function openText(text: string): AppThunk<Promise<void>> {
  const bytes = new TextEncoder().encode(text);
  return async (dispatch, getState) => {
    const open = Object.values(getState().hosts.summaries);
    const pasted = open.filter(({ source }) => source.name.startsWith(PASTED)).length;
    const name = pasted === 0 ? PASTED : `${PASTED} ${pasted + 1}`;
    await dispatch(openSource({ kind: 'bytes', name, bytes }));
  };
}

/** Lets the system's dialog choose a file and opens it. */
export function chooseFile(): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('dialog:open-file', {});
    if (reply.ok && reply.value.path !== undefined) {
      await dispatch(openSource({ kind: 'path', path: reply.value.path }));
    }
  };
}

/** Reads an open host again; the old reading stays on show meanwhile. */
export function rescanHost(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const jobId = crypto.randomUUID();
    const label = getState().hosts.summaries[hostId]?.title ?? hostId;
    dispatch(openingStarted({ jobId, label, source: undefined, hostId }));
    const reply = await bridge.call('host:rescan', { jobId, hostId });
    if (reply.ok) dispatch(hostOpened({ jobId, view: reply.value }));
    else if (reply.error.code === 'cancelled') dispatch(openingDismissed(jobId));
    else dispatch(openingFailed({ jobId, failure: reply.error }));
  };
}

/** Shows a host that the backend listed, fetching it on the first visit. */
export function showHost(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch) => {
    dispatch(pageChosen({ kind: 'host', hostId, tab: 'overview' }));
    await dispatch(fetchHost(hostId));
  };
}

/** Fetches a listed host unless the window has it. */
export function fetchHost(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    if (getState().hosts.records[hostId] === undefined) await dispatch(refreshHost(hostId));
  };
}

/** Fetches the latest reading of a host; what is selected, folded and planned stays. */
export function refreshHost(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('host:get', { hostId });
    if (reply.ok) dispatch(hostFetched({ view: reply.value }));
    else dispatch(hostFetchFailed({ hostId, failure: reply.error }));
  };
}

export function closeHost(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    dispatch(hostClosed(hostId));
    await bridge.call('host:close', { hostId });
  };
}

export function cancelOpening(jobId: string): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    dispatch(openingCancelled(jobId));
    await bridge.call('job:cancel', { jobId });
  };
}

export function listHosts(): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('host:list', {});
    if (reply.ok) dispatch(hostsListed(reply.value));
  };
}

export function listSamples(): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('sample:list', {});
    dispatch(reply.ok ? samplesListed(reply.value) : samplesFailed(reply.error));
  };
}

/** The stable JSON of the groups, for the clipboard. */
export function readGroupsJson(hostId: string): AppThunk<Promise<string | undefined>> {
  return async (_dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('host:groups', { hostId });
    return reply.ok ? `${JSON.stringify(reply.value, null, 2)}\n` : undefined;
  };
}
