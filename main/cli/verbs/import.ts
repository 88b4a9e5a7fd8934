import type { ImportReport } from '../../../shared/library-report.ts';
import { ok } from '../../../shared/result.ts';
import { loadDeviceNames } from '../../backend/device-names.ts';
import { importFile } from '../../backend/import-files.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { importText } from '../../backend/library-text.ts';
import { useLibrary } from '../../backend/use-library.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson } from '../output.ts';
import { ASSETS_DIR } from '../shipped.ts';

export interface ImportOptions {
  readonly case?: string;
  readonly tag: readonly string[];
  readonly json?: boolean;
}

/** `airlock import`: status 2 where a file could not be imported; the others are. */
export async function importVerb(
  files: readonly string[],
  options: ImportOptions,
): Promise<ExitStatus> {
  const report = await useLibrary(async (library) => {
    const nowMs = Date.now();
    const importing = { library, names: loadDeviceNames(ASSETS_DIR), job: UNWATCHED, nowMs };
    const done: ImportReport = { imported: [], failed: [] };
    for (const file of files) {
      const imported = await importFile(file, importing);
      if (imported.ok) done.imported.push(...imported.value);
      else done.failed.push(imported.error.message);
    }
    const ids = done.imported.map(({ id }) => id);
    for (const tag of options.tag) {
      for (const snapshotId of ids) library.addTag({ snapshotId }, tag);
    }
    if (options.case !== undefined) {
      library.fillCase({ name: options.case, createdAtMs: nowMs }, ids);
    }
    return ok(done);
  });
  if (!report.ok) {
    complain(report.error);
    return 2;
  }
  const { imported, failed } = report.value;
  for (const message of failed) complain({ code: 'cannot-import', message });
  if (options.json === true) printJson([report.value], false);
  else if (imported.length > 0) print(importText(report.value));
  return failed.length > 0 ? 2 : 0;
}
