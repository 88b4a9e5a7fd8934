import { chromium } from '@playwright/test';
import type { Recorded } from '../support/electron-stand-in/recorded.ts';
import type { Shell } from './running-shell.ts';
import { startStandIn } from './stand-in-process.ts';

/** The desktop application, with what it did to the system. */
export interface StandInShell extends Shell {
  recorded(): Promise<Recorded>;
}

export async function launchStandIn(): Promise<StandInShell> {
  const app = startStandIn();
  app.child.stderr?.pipe(process.stderr);
  const port = (await app.ask({ type: 'debugging-port' })) as number;
  const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
  const page = browser.contexts()[0]?.pages()[0];
  if (!page) throw new Error('The application has no window');
  return {
    kind: 'stand-in',
    page,
    env: app.env,
    answerFileDialog: async (path) => {
      const filePaths = path === undefined ? [] : [path];
      await app.ask({ type: 'answer-dialog', filePaths });
    },
    recorded: async () => (await app.ask({ type: 'recorded' })) as Recorded,
    close: async () => {
      await app.ask({ type: 'quit' });
      await app.ended;
      await browser.close();
    },
  };
}
