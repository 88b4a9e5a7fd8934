import { contextBridge, ipcRenderer } from 'electron';
import { channels, eventNames, methodName, type EventName } from '../../shared/channels.ts';
import type { AirlockApi } from '../../shared/contract.ts';
import { failure } from '../../shared/result.ts';

/**
 * The bridge into the page: one function for each channel of the contract, and one that listens.
 *
 * The page never gets `ipcRenderer`, an event object or a channel name of its own choice. This file
 * is bundled into one CommonJS script for the sandbox, so it imports names and types only.
 */
type Listener = (name: EventName, payload: unknown) => void;

/** Repeated here because importing `ipc.ts` would bring the main process into the page. */
const EVENT_CHANNEL = 'airlock:event';

function bindChannel(channel: (typeof channels)[number]) {
  return async (args: unknown): Promise<unknown> => {
    try {
      return await ipcRenderer.invoke(channel, args);
    } catch (error) {
      // What cannot be cloned (a function, a proxy) does not reach the main process.
      const reason = error instanceof Error ? error.message : String(error);
      return failure('bad-arguments', `Cannot send the arguments of ${channel}: ${reason}`);
    }
  };
}

function onEvent(listener: Listener): () => void {
  const pass = (_event: unknown, name: unknown, payload: unknown): void => {
    const known = eventNames.find((eventName) => eventName === name);
    if (known !== undefined) listener(known, payload);
  };
  ipcRenderer.on(EVENT_CHANNEL, pass);
  return () => {
    ipcRenderer.off(EVENT_CHANNEL, pass);
  };
}

const methods = channels.map((channel) => [methodName(channel), bindChannel(channel)]);
// `methodName` has the same rule as the type `MethodName`, which TypeScript cannot follow.
const api = { ...Object.fromEntries(methods), onEvent } as AirlockApi;
contextBridge.exposeInMainWorld('airlock', api);
