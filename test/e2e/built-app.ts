import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Folder of package.json. */
export const ROOT = path.join(import.meta.dirname, '..', '..');

/** The built application; `AIRLOCK_OUT` names another folder than `out`. */
export function builtFile(name: string): string {
  const file = path.resolve(ROOT, process.env['AIRLOCK_OUT'] ?? 'out', name);
  if (!existsSync(file)) throw new Error(`${file} is missing: run "npm run build" first`);
  return file;
}

/** A home of its own for one start of the application. */
export interface TemporaryHome {
  readonly env: NodeJS.ProcessEnv;
  remove(): void;
}

export function makeHome(): TemporaryHome {
  const home = mkdtempSync(path.join(tmpdir(), 'airlock-e2e-'));
  const env = {
    ...process.env,
    HOME: home,
    XDG_CACHE_HOME: path.join(home, 'cache'),
    XDG_CONFIG_HOME: path.join(home, 'config'),
    XDG_DATA_HOME: path.join(home, 'data'),
    XDG_STATE_HOME: path.join(home, 'state'),
  };
  return { env, remove: () => rmSync(home, { recursive: true, force: true }) };
}
