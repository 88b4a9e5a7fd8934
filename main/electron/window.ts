import { app, BrowserWindow, nativeTheme } from 'electron';
import { PAGE_URL } from './page-protocol.ts';
import { recoverFromCrash } from './recover-from-crash.ts';

/** Colours behind the page until it has drawn itself, so that a dark desktop does not flash. */
const BACKGROUND = { dark: '#14171c', light: '#ffffff' } as const;

/**
 * Opens the window and shows it when it has something to show.
 *
 * @param preload - Absolute path of the built preload script.
 * @remarks Rejects when the page cannot be loaded.
 */
export async function openWindow(preload: string): Promise<void> {
  const window = new BrowserWindow({
    title: 'Airlock',
    width: 1280,
    height: 800,
    minWidth: 720,
    minHeight: 480,
    show: false,
    autoHideMenuBar: true,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: webPreferences(preload),
  });
  window.once('ready-to-show', () => window.show());
  recoverFromCrash(window);
  await loadPage(window);
}

/** Loading also fails where the person closes the window or quits before it is done. */
async function loadPage(window: BrowserWindow): Promise<void> {
  try {
    await window.loadURL(PAGE_URL);
  } catch (error) {
    if (!window.isDestroyed()) throw error;
  }
}

/** Electron's defaults are safe today; they are written out so that a change of them changes nothing. */
function webPreferences(preload: string): Electron.WebPreferences {
  return {
    preload,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    webviewTag: false,
    allowRunningInsecureContent: false,
    navigateOnDragDrop: false,
    // On Linux Electron would download dictionaries.
    spellcheck: false,
    devTools: !app.isPackaged,
  };
}
