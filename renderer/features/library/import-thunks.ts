import type { ArgsOf } from '../../../shared/contract.ts';
import type { ImportReport } from '../../../shared/library-report.ts';
import type { AppThunk } from '../../app/store.ts';
import { readDropped } from '../hosts/read-dropped.ts';
import { importAdvanced, importEnded, importStarted, importStopped } from './library-slice.ts';
import { listLibrary } from './library-thunks.ts';

type ImportSource = ArgsOf<'library:import'>['source'];

/** Imports files one after the other: what was imported before somebody stops it stays. */
export function importFiles(files: readonly File[]): AppThunk<Promise<void>> {
  return async (dispatch, getState) => {
    const isBusy = getState().library.run?.state;
    if (files.length === 0 || isBusy === 'running' || isBusy === 'stopping') return;
    const jobId = crypto.randomUUID();
    dispatch(importStarted({ jobId, total: files.length }));
    for (const file of files) {
      if (getState().library.run?.state !== 'running') break;
      const read = await readDropped(file);
      const report = read.ok
        ? await dispatch(importOne(jobId, { kind: 'bytes', ...read.value }))
        : { imported: [], failed: [read.error.message] };
      dispatch(importAdvanced(report));
      await dispatch(listLibrary());
    }
    dispatch(importEnded());
  };
}

function importOne(jobId: string, source: ImportSource): AppThunk<Promise<ImportReport>> {
  return async (_dispatch, _getState, { bridge }) => {
    const reply = await bridge.call('library:import', { jobId, source });
    return reply.ok ? reply.value : { imported: [], failed: [reply.error.message] };
  };
}

/** Ends the import after the file that is read now, whose reading ends at once. */
export function stopImport(): AppThunk<Promise<void>> {
  return async (dispatch, getState, { bridge }) => {
    const jobId = getState().library.run?.jobId;
    if (jobId === undefined) return;
    dispatch(importStopped());
    await bridge.call('job:cancel', { jobId });
  };
}
