import { chromium } from '@playwright/test';
import { chromiumFlags, chromiumPath } from '../support/chromium-flags.ts';
import type { Shell } from './running-shell.ts';
import { startServe } from './serve-process.ts';

/** `airlock serve`, and a browser of its own that has opened the address. */
export async function launchServe(): Promise<Shell> {
  const launch = { executablePath: chromiumPath(), args: chromiumFlags() };
  const [server, browser] = await Promise.all([startServe(), chromium.launch(launch)]);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto(server.url);
  return {
    kind: 'serve',
    page,
    env: server.env,
    answerFileDialog: async () => {
      throw new Error('Serve mode has no file dialog');
    },
    close: async () => {
      await browser.close();
      await server.stop();
    },
  };
}
