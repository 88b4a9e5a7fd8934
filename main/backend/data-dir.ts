import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where programs keep data of a user: XDG Base Directory Specification, "Environment variables". */
export function dataDir(): string {
  const base = process.env['XDG_DATA_HOME'];
  const isSet = base?.startsWith('/') === true;
  return join(isSet ? base : join(homedir(), '.local/share'), 'airlock');
}

/** The database of a data folder: opened paths, and the library. */
export function libraryFile(dir = dataDir()): string {
  return join(dir, 'library.db');
}
