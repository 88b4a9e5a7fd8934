import { app, dialog, type BrowserWindow } from 'electron';

/** Asks what to do when the page's process has died: the hosts are in the backend and still there. */
export function recoverFromCrash(window: BrowserWindow): void {
  window.webContents.on('render-process-gone', (_event, details) => {
    if (details.reason === 'clean-exit') return;
    void askToReload(window, details.reason);
  });
}

async function askToReload(window: BrowserWindow, reason: string): Promise<void> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window has stopped working',
    detail: `Its process ended: ${reason}. Nothing on this computer was changed by that.`,
    buttons: ['Show the window again', 'Quit Airlock'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  if (response === 0) window.reload();
  else app.quit();
}
