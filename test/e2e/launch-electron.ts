import { _electron } from '@playwright/test';
import { makeHome, ROOT } from './built-app.ts';
import { electronBinary } from './electron-binary.ts';
import type { Shell } from './running-shell.ts';

/** Electron itself, driven through Playwright. */
export async function launchElectron(): Promise<Shell> {
  const home = makeHome();
  const executablePath = electronBinary();
  if (executablePath === undefined) throw new Error('There is no Electron binary');
  const app = await _electron.launch({
    executablePath,
    args: [ROOT],
    env: home.env as Record<string, string>,
  });
  return {
    kind: 'electron',
    page: await app.firstWindow(),
    env: home.env,
    answerFileDialog: async (path) => {
      await app.evaluate(
        ({ dialog }, filePaths) => {
          const answer = { canceled: filePaths.length === 0, filePaths };
          dialog.showOpenDialog = () => Promise.resolve(answer);
        },
        path === undefined ? [] : [path],
      );
    },
    close: async () => {
      await app.close();
      home.remove();
    },
  };
}
