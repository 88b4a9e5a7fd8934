import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { channels } from '../../shared/channels.ts';
import { failure } from '../../shared/result.ts';
import type { Backend } from '../backend/backend.ts';
import { isPageUrl } from './page-protocol.ts';

/** Where the preload script hears every event of the backend. */
export const EVENT_CHANNEL = 'airlock:event';

/**
 * Answers every channel of the contract, and no other.
 *
 * The backend parses the arguments. What is checked here is who asks: a frame that somehow shows
 * anything but our page gets nothing.
 */
export function answerChannels(backend: Backend): void {
  for (const channel of channels) {
    ipcMain.handle(channel, async (event, args: unknown) => {
      if (isOurPage(event)) return backend.call(channel, args);
      return failure('not-available', `Only the Airlock window may ask for ${channel}`);
    });
  }
}

/** `senderFrame` is null where the frame has gone since it asked. */
function isOurPage({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isPageUrl(senderFrame.url);
}
