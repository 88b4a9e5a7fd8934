import type * as Electron from 'electron';
import { app } from './application.ts';
import { BrowserWindow } from './browser-window.ts';
import { ipcMain } from './ipc-main.ts';
import { dialog, Menu, nativeTheme, protocol, session } from './system.ts';
import { utilityProcess } from './utility-process.ts';

/**
 * What `import ... from 'electron'` gives to the built main process under test.
 *
 * It is not Electron: there is no sandbox of the operating system, no fuses, no archive, no native
 * menu or dialog. What it shows is the flow of the real main and preload bundles: the isolated
 * world, the bridge, cloned arguments, the sender, the protocol with its policy, and the window.
 */
export {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  nativeTheme,
  protocol,
  session,
  utilityProcess,
};

/** The functions that the application calls take what Electron's take. */
type Takes<Real, Key extends keyof Real> = {
  [K in Key]: Real[K] extends (...args: infer Args) => unknown
    ? (...args: Args) => unknown
    : Real[K];
};
app satisfies Takes<
  Electron.App,
  'whenReady' | 'getVersion' | 'requestSingleInstanceLock' | 'quit' | 'exit' | 'isPackaged'
>;
utilityProcess.fork satisfies (
  file: string,
  args?: string[],
) => Takes<Electron.UtilityProcess, 'postMessage' | 'kill'>;
dialog satisfies Takes<Electron.Dialog, 'showErrorBox'>;
protocol satisfies Takes<Electron.Protocol, 'registerSchemesAsPrivileged'>;
nativeTheme satisfies Pick<Electron.NativeTheme, 'shouldUseDarkColors'>;
