import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { closeChromium } from './chromium.ts';

/** Folder of package.json; Electron is started in it. */
const appFolder = process.cwd();

/** Stands in for `app`. */
class Application extends EventEmitter {
  readonly isPackaged = false;
  readonly #ready = new Promise<void>((resolve) => setImmediate(resolve));
  #isQuitting = false;

  async whenReady(): Promise<void> {
    return this.#ready;
  }

  getVersion(): string {
    const text = readFileSync(path.join(appFolder, 'package.json'), 'utf8');
    return (JSON.parse(text) as { version: string }).version;
  }

  /** Electron's own folder of that name below the user's configuration. */
  getPath(name: 'userData'): string {
    const base = process.env['XDG_CONFIG_HOME'] ?? path.join(homedir(), '.config');
    return path.join(base, 'airlock', name === 'userData' ? '' : name);
  }

  requestSingleInstanceLock(): boolean {
    return process.env['AIRLOCK_STAND_IN_SECOND'] === undefined;
  }

  quit(): void {
    if (this.#isQuitting) return;
    this.#isQuitting = true;
    let isPrevented = false;
    const event = { preventDefault: () => (isPrevented = true) };
    this.emit('before-quit', event);
    this.emit('will-quit', event);
    if (!isPrevented) this.exit(0);
  }

  exit(code = 0): void {
    void closeChromium().finally(() => process.exit(code));
  }
}

export const app = new Application();
