import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { Host } from '../../shared/host.ts';
import { quoteName } from '../host/quote-name.ts';
import { reportFilesIn } from '../host/report-files-in.ts';
import type { Source } from '../host/source.ts';
import { buildHost } from './build-host.ts';
import { decodeText } from './decode-text.ts';
import { FactSheet } from './fact-sheet.ts';
import { readReportText } from './read-report-text.ts';

/** One file of a bundle; what a tree may hold at most is bounded where it is opened. */
const MAX_FILE_BYTES = 8 * 1024 * 1024;

/**
 * Reads a host from what a support tool has collected (sosreport, the diagnostics of Unraid,
 * hw-probe, a folder with output of lspci): its reports together, and of the tree itself what it
 * holds of `proc`, `etc` and `sys`.
 */
export function readBundle(source: Source): Result<Host, Failure<'not-a-report'>> {
  const sheet = new FactSheet();
  for (const path of reportFilesIn(source)) {
    const content = source.read(path, MAX_FILE_BYTES);
    const text = content.ok ? decodeText(content.value) : undefined;
    sheet.openFile(path);
    if (text !== undefined) readReportText(sheet, text);
    else sheet.complain(1, 'the file is not readable as text');
  }
  sheet.openFile(undefined);
  if (sheet.functions.size === 0) {
    const name = quoteName(source.info.name);
    const reason = 'there is neither sysfs nor a report that speaks about PCI functions in it';
    return failure('not-a-report', `Cannot read ${name}: ${reason}`);
  }
  return ok(buildHost(sheet, source.info, source));
}
