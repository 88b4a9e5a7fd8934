import { createBackend, type Backend } from '../backend.ts';
import type { Platform } from '../platform.ts';
import type { Asked, FromBackend, Setup, ToBackend } from './messages.ts';
import { openParentPort } from './parent-port.ts';

/** The entry of the process that holds the backend of one shell. */
const port = openParentPort(end);
const chosen = new Map<number, (path: string | undefined) => void>();
let backend: Backend | undefined;
port.onMessage((message) => void receive(message));

async function receive(message: ToBackend): Promise<void> {
  switch (message.kind) {
    case 'start':
      backend = createBackend(platformOf(message.setup));
      break;
    case 'call': {
      const { id, channel, args } = message;
      const reply = await backend?.call(channel, args);
      if (reply !== undefined) say({ kind: 'reply', id, reply });
      break;
    }
    case 'chosen':
      chosen.get(message.id)?.(message.path);
      chosen.delete(message.id);
      break;
    case 'close':
      await backend?.close();
      say({ kind: 'closed' });
  }
}

function say(message: FromBackend): void {
  port.send(message);
}

function platformOf({ dialogs, ...setup }: Setup): Platform {
  return {
    ...setup,
    ...(dialogs.includes('file') && { openFileDialog: () => askShell({ dialog: 'file' }) }),
    ...(dialogs.includes('folder') && {
      openFolderDialog: (title: string) => askShell({ dialog: 'folder', title }),
    }),
    emit: (name, payload) => say({ kind: 'event', name, payload }),
  };
}

function askShell(asked: Asked): Promise<string | undefined> {
  const id = chosen.size === 0 ? 1 : Math.max(...chosen.keys()) + 1;
  return new Promise((resolve) => {
    chosen.set(id, resolve);
    say({ kind: 'ask', id, asked });
  });
}

/** The shell is gone. `exit` would wait for a thread that the kernel holds. */
async function end(): Promise<void> {
  await backend?.close();
  process.kill(process.pid, 'SIGKILL');
}
