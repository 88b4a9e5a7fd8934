import { join } from 'node:path';
import type { FailureCode } from '../../shared/contract.ts';
import { ok, type Failure, type Result } from '../../shared/result.ts';
import type { VmExport } from '../../shared/vm-import.ts';
import { fileName } from '../vmconfig/file-name.ts';
import type { Analysis } from './analyse.ts';
import { packFiles } from './pack-files.ts';
import { writeFolder } from './plan-folder.ts';
import type { Platform } from './platform.ts';
import { vmReport, type VmRequest } from './vm-report.ts';

/**
 * Hands the files of a machine out. They are written anew from the wish: a window names neither
 * their content nor the place.
 */
export async function exportVm(
  { openFolderDialog }: Platform,
  analysis: Analysis,
  request: VmRequest,
): Promise<Result<VmExport, Failure<FailureCode>>> {
  const report = vmReport(analysis, request);
  if (!report.ok) return report;
  const files = report.value.files.map(({ name, text, language }) => ({
    name,
    content: text,
    isExecutable: language === 'shell',
  }));
  const [first] = files;
  const folder = `airlock-vm-${fileName(request.wish.name)}-${request.target}`.slice(0, 64);
  if (openFolderDialog !== undefined) {
    const parent = await openFolderDialog('Choose where the folder of the machine goes');
    if (parent === undefined) return ok({ kind: 'cancelled' });
    const path = join(parent, folder);
    const written = await writeFolder(path, files);
    return written.ok ? ok({ kind: 'folder', path }) : written;
  }
  if (first !== undefined && files.length === 1) {
    return ok({ kind: 'download', name: first.name, bytes: Buffer.from(first.content) });
  }
  const bytes = packFiles(folder, files, Date.now());
  return ok({ kind: 'download', name: `${folder}.tar`, bytes });
}
