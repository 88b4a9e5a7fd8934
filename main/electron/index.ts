import path from 'node:path';
import { app } from 'electron';
import { registerPageScheme } from './page-protocol.ts';
import { refusalFor } from './refusal.ts';
import { startShell } from './shell.ts';

/**
 * Start of the desktop application. This is the only module that knows where its bundle lies
 * (`out/main/index.js`); everything else is handed the folders it needs.
 */
const outDir = path.join(import.meta.dirname, '..');
const folders = {
  rendererDir: path.join(outDir, 'renderer'),
  preload: path.join(outDir, 'preload', 'index.cjs'),
  // Assets hold scripts that other programs run, so a package keeps them outside its archive.
  assetsDir: app.isPackaged
    ? path.join(process.resourcesPath, 'assets')
    : path.join(outDir, '..', 'assets'),
  backendProcess: path.join(import.meta.dirname, 'backend-process.js'),
};

const refusal = refusalFor(process.getuid?.());
if (refusal !== undefined) {
  process.stderr.write(`${refusal}\n`);
  app.exit(2);
} else if (app.requestSingleInstanceLock()) {
  registerPageScheme();
  void startShell(folders);
} else {
  // The first instance hears `second-instance` and shows its window.
  app.quit();
}
