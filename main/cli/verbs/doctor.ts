import { readFileSync, statSync } from 'node:fs';
import { doctorText } from '../../backend/doctor-text.ts';
import { doctorView } from '../../backend/doctor-view.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { readSource } from '../../backend/read-source.ts';
import type { LogText } from '../../../shared/doctor-report.ts';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson } from '../output.ts';
import { SHIPPED } from '../shipped.ts';

export interface DoctorOptions {
  readonly host?: string;
  readonly json?: boolean;
}

/** `airlock doctor`: status 1 where something is wrong. */
export async function doctorVerb(
  paths: readonly string[],
  options: DoctorOptions,
): Promise<ExitStatus> {
  const texts = paths.map(readLog);
  const host =
    options.host === undefined
      ? ok(undefined)
      : await readSource(options.host, 'full', UNWATCHED, SHIPPED);
  const failed = [...texts, host].filter((part) => !part.ok);
  for (const { error } of failed) complain(error);
  if (failed.length > 0 || !host.ok) return 2;
  const report = doctorView(
    texts.flatMap((text) => (text.ok ? [text.value] : [])),
    host.value,
  );
  if (options.json === true) printJson([report], false);
  else print(doctorText(report, paths.length));
  return report.foundCause ? 1 : 0;
}

const MAX_LOG_BYTES = 256 * 1024 * 1024;
const STANDARD_INPUT = 0;

function readLog(path: string): Result<LogText, Failure> {
  try {
    if (path === '-') {
      return ok({ name: 'standard input', text: readFileSync(STANDARD_INPUT, 'utf8') });
    }
    if (statSync(path).size > MAX_LOG_BYTES) {
      return failure('too-big', `Cannot read ${path}: it has more than ${MAX_LOG_BYTES} bytes`);
    }
    return ok({ name: path, text: readFileSync(path, 'utf8') });
  } catch (thrown) {
    const errno = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
    const reason = REASONS[errno] ?? (thrown instanceof Error ? thrown.message : String(thrown));
    return failure('cannot-read', `Cannot read ${path}: ${reason}`);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory',
};
