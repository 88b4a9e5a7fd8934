import type { AppThunk } from '../../app/store.ts';
import { takeHandedOut } from '../../components/take-handed-out.ts';
import { copyText } from '../../components/copy-text.ts';
import {
  copyAnswered,
  copyAsked,
  copyClosed,
  copySaving,
  reportHandedOut,
  type CopySource,
} from './export-slice.ts';

/** Saves the report about a host. */
export function exportReport(hostId: string, format: 'html' | 'md'): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('report:export', { hostId, format });
    const outcome = reply.ok ? { said: takeHandedOut(reply.value) } : { failure: reply.error };
    dispatch(reportHandedOut({ hostId, ...outcome }));
  };
}

/** Puts the report about a host on the clipboard, to paste it into an answer. */
export function copyReport(hostId: string): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('report:make', { hostId, format: 'md' });
    if (!reply.ok) {
      dispatch(reportHandedOut({ hostId, failure: reply.error }));
      return;
    }
    const isCopied = await copyText(reply.value.text);
    const said = isCopied ? 'Copied the report as Markdown.' : 'Could not copy the report.';
    dispatch(reportHandedOut({ hostId, said }));
  };
}

/** Looks at what a copy without names and serials would replace. */
export function previewCopy(source: CopySource, title: string): AppThunk<Promise<void>> {
  return async (dispatch, _getState, { bridge }) => {
    const jobId = crypto.randomUUID();
    dispatch(copyAsked({ jobId, source, title }));
    const reply = await bridge.call('redact:preview', { jobId, source });
    const answer = reply.ok ? { preview: reply.value } : { failure: reply.error };
    dispatch(copyAnswered({ jobId, ...answer }));
  };
}

/** Saves the copy that is looked at. */
export function saveCopy(): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const { copying } = getState().export;
    if (copying === undefined) return;
    const { jobId, source } = copying;
    dispatch(copySaving());
    const reply = await bridge.call('redact:export', { jobId, source });
    // Closed meanwhile: it is not wanted any more.
    if (getState().export.copying?.jobId !== jobId) return;
    const answer = reply.ok ? { said: takeHandedOut(reply.value) } : { failure: reply.error };
    dispatch(copyAnswered({ jobId, ...answer }));
  };
}

/** Closes the look at a copy; what is under way is cancelled. */
export function closeCopy(): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const { copying } = getState().export;
    dispatch(copyClosed());
    if (copying !== undefined) await bridge.call('job:cancel', { jobId: copying.jobId });
  };
}
