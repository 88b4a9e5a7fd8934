import { readFileSync, statSync } from 'node:fs';
import type { LogText } from '../../../shared/doctor-report.ts';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';

const MAX_LOG_BYTES = 256 * 1024 * 1024;
const STANDARD_INPUT = 0;

/** Reads a log, or standard input where the name is `-`. */
export function readLog(path: string): Result<LogText, Failure> {
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
