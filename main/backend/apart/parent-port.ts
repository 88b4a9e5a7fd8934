import type { FromBackend, ToBackend } from './messages.ts';

/** The way to the process that started this one. */
interface ParentPort {
  send(message: FromBackend): void;
  onMessage(listener: (message: ToBackend) => void): void;
}

/** What Electron gives to a utility process as `process.parentPort`. */
interface ElectronPort {
  postMessage(message: unknown): void;
  on(name: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/**
 * Opens the way to the parent: an Electron application or another Node.
 *
 * @param orphaned - Called when the parent has gone. Electron ends its processes itself.
 */
export function openParentPort(orphaned: () => Promise<void>): ParentPort {
  const { parentPort } = process as { readonly parentPort?: ElectronPort };
  if (parentPort !== undefined) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => {
        parentPort.on('message', ({ data }) => listener(data as ToBackend));
      },
    };
  }
  // A terminal sends Ctrl-C to all of its processes: the parent decides about the end of this one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
  process.once('disconnect', () => void orphaned());
  return {
    send: (message) => {
      process.send?.(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => {
      process.on('message', (message) => listener(message as ToBackend));
    },
  };
}
