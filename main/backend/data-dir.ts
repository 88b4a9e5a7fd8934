import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * Where Airlock keeps what it keeps, the same for the window and the command line. Electron's own
 * `userData` holds what Chromium writes, and nothing of ours.
 *
 * @see XDG Base Directory Specification, "Environment variables"
 */
export function dataDir(): string {
  const base = process.env['XDG_DATA_HOME'];
  const isSet = base?.startsWith('/') === true;
  return join(isSet ? base : join(homedir(), '.local/share'), 'airlock');
}

/** The database of a data folder: opened paths, and the library. */
export function libraryFile(dir = dataDir()): string {
  return join(dir, 'library.db');
}
