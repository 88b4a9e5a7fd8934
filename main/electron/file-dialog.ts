import { BrowserWindow, dialog } from 'electron';

/**
 * Asks for a file to open, with the system's dialog.
 *
 * @returns Its absolute path, or `undefined` where the person changed their mind.
 */
export async function askForFile(): Promise<string | undefined> {
  const options: Electron.OpenDialogOptions = {
    title: 'Open a snapshot or a report',
    buttonLabel: 'Open',
    properties: ['openFile', 'showHiddenFiles', 'dontAddToRecent'],
    filters: [
      {
        name: 'Snapshots and archives',
        extensions: ['tar', 'gz', 'tgz', 'zst', 'xz', 'bz2', 'zip'],
      },
      { name: 'All files', extensions: ['*'] },
    ],
  };
  return ask(options);
}

/**
 * Asks for a folder to write into.
 *
 * @param title - What goes there.
 * @returns Its absolute path, or `undefined` where the person changed their mind.
 */
export async function askForFolder(title: string): Promise<string | undefined> {
  return ask({
    title,
    buttonLabel: 'Save here',
    properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
  });
}

async function ask(options: Electron.OpenDialogOptions): Promise<string | undefined> {
  const [window] = BrowserWindow.getAllWindows();
  const answer = window
    ? await dialog.showOpenDialog(window, options)
    : await dialog.showOpenDialog(options);
  return answer.canceled ? undefined : answer.filePaths[0];
}
