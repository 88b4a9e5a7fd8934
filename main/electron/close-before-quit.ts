import { app } from 'electron';
import type { Backend } from '../backend/backend.ts';

/** How long the backend may take to end its work before the application ends without it. */
const GRACE_MS = 3000;

/** Lets the backend end its jobs before the process goes: Electron does not wait for a promise. */
export function closeBeforeQuit(backend: Backend): void {
  app.once('will-quit', (event) => {
    event.preventDefault();
    void Promise.race([backend.close(), delay(GRACE_MS)]).finally(() => app.exit(0));
  });
}

async function delay(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}
