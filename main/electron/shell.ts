import { app, BrowserWindow, dialog, Menu, session } from 'electron';
import type { EventName } from '../../shared/channels.ts';
import { dataDir } from '../backend/data-dir.ts';
import { separateBackend } from '../backend/apart/separate-backend.ts';
import type { Backend } from '../backend/backend.ts';
import type { Platform } from '../backend/platform.ts';
import { closeBeforeQuit } from './close-before-quit.ts';
import { askForFile, askForFolder } from './file-dialog.ts';
import { answerChannels, EVENT_CHANNEL } from './ipc.ts';
import { lockDownContents, lockDownSession } from './lock-down.ts';
import { createMenu } from './menu.ts';
import { servePage } from './page-protocol.ts';
import { startUtilityProcess } from './utility-process.ts';
import { openWindow } from './window.ts';

export interface ShellFolders {
  /** Folder of the built window. */
  readonly rendererDir: string;
  /** The built preload script. */
  readonly preload: string;
  /** Folder that holds `samples/`, `collect/` and `pci-ids/`. */
  readonly assetsDir: string;
  /** The built process of the backend. */
  readonly backendProcess: string;
}

/**
 * Starts the application: backend, protocol, window.
 *
 * @remarks Never rejects: what goes wrong is shown in a box, and the application ends with status 1.
 */
export async function startShell(folders: ShellFolders): Promise<void> {
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents));
  app.on('window-all-closed', () => app.quit());
  app.on('second-instance', showWindow);
  try {
    await app.whenReady();
    await openApplication(folders);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    dialog.showErrorBox('Airlock cannot start', reason);
    app.exit(1);
  }
}

async function openApplication(folders: ShellFolders): Promise<void> {
  lockDownSession(session.defaultSession);
  servePage(folders.rendererDir);
  Menu.setApplicationMenu(createMenu());
  const backend = startBackend(folders);
  answerChannels(backend);
  closeBeforeQuit(backend);
  await openWindow(folders.preload);
}

function startBackend({ assetsDir, backendProcess }: ShellFolders): Backend {
  const platform: Platform = {
    shell: 'electron',
    assetsDir,
    version: app.getVersion(),
    dataDir: dataDir(),
    openFileDialog: askForFile,
    openFolderDialog: askForFolder,
    emit: sendToWindows,
  };
  return separateBackend(platform, () => startUtilityProcess(backendProcess));
}

function sendToWindows(name: EventName, payload: unknown): void {
  for (const window of BrowserWindow.getAllWindows()) {
    window.webContents.send(EVENT_CHANNEL, name, payload);
  }
}

function showWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (!window) return;
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
