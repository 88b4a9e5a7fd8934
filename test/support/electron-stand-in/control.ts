import { app } from './application.ts';
import { BrowserWindow } from './browser-window.ts';
import { useChromium } from './chromium.ts';
import { dialogAnswers, recorded, type Recorded } from './recorded.ts';

/** What the test, in the parent process, may ask of the stand-in. */
export type ControlRequest =
  | { readonly type: 'debugging-port' }
  | { readonly type: 'recorded' }
  | { readonly type: 'answer-dialog'; readonly filePaths: string[] }
  | { readonly type: 'quit' };

/** Listens to the parent process, where the stand-in was started with a channel to it. */
export function listenToTest(): void {
  process.on('message', ({ id, request }: { id: number; request: ControlRequest }) => {
    void answer(request).then((value) => process.send?.({ id, value }));
  });
  // A test that was ended can no longer ask for the end.
  process.on('disconnect', () => app.exit(0));
}

async function answer(request: ControlRequest): Promise<number | Recorded | undefined> {
  switch (request.type) {
    case 'debugging-port':
      return windowPort();
    case 'recorded':
      return recorded;
    case 'answer-dialog':
      dialogAnswers.push(request.filePaths);
      return undefined;
    case 'quit':
      setImmediate(() => app.quit());
      return undefined;
  }
}

/** The port, once the application has loaded its window. */
async function windowPort(): Promise<number> {
  for (;;) {
    const [window] = BrowserWindow.getAllWindows();
    if (window) {
      await window.loaded();
      return (await useChromium()).debuggingPort;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
