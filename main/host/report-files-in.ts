import { isReportFile } from './report-files.ts';
import type { Source } from './source.ts';

/** Folders in which bundles have such files; see `isReportFile`. */
const FOLDERS = [
  '',
  'sos_commands/pci',
  'sos_commands/virsh',
  'sos_commands/kernel',
  'system',
  'logs',
];

/** The reports in a bundle, in the order of their paths. */
export function reportFilesIn(source: Source): readonly string[] {
  return FOLDERS.flatMap((folder) => {
    const names = source.list(folder);
    const prefix = folder === '' ? '' : `${folder}/`;
    return (names.ok ? names.value : []).map((name) => `${prefix}${name}`);
  })
    .filter(isReportFile)
    .toSorted();
}
