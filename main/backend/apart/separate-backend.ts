import { failure, type Failure, type Result } from '../../../shared/result.ts';
import type { FailureCode } from '../../../shared/contract.ts';
import type { Backend } from '../backend.ts';
import type { Platform } from '../platform.ts';
import type { Asked, FromBackend, ProcessLink, Setup } from './messages.ts';

type Answer = Result<unknown, Failure<FailureCode>>;

/** How long the backend may take to end its work before it is ended. */
const CLOSE_GRACE_MS = 2_500;

/**
 * The backend in a process of its own, so that the shell, which draws windows or serves pages, never
 * waits for a computation, and can end while the kernel holds a thread that reads.
 *
 * @param start - Starts the process; called again where one ended by itself. What was open in that
 *   one has to be opened again.
 */
export function separateBackend(platform: Platform, start: () => ProcessLink): Backend {
  let running: RunningBackend | undefined = new RunningBackend(platform, start());
  let isClosed = false;
  return {
    call: async (channel, args) => {
      if (isClosed) return failure('disconnected', 'Airlock is closing');
      if (running?.hasEnded !== false) running = new RunningBackend(platform, start());
      return running.call(channel, args);
    },
    close: async () => {
      isClosed = true;
      await running?.close();
      running = undefined;
    },
  };
}

class RunningBackend {
  hasEnded = false;
  readonly #link: ProcessLink;
  readonly #platform: Platform;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  readonly #closed = Promise.withResolvers<void>();
  #lastId = 0;

  constructor(platform: Platform, link: ProcessLink) {
    this.#platform = platform;
    this.#link = link;
    link.onMessage((message) => this.#receive(message));
    link.onEnd(() => this.#end());
    link.send({ kind: 'start', setup: setupOf(platform) });
  }

  call(channel: string, args: unknown): Promise<Answer> {
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      this.#link.send({ kind: 'call', id, channel, args });
    });
  }

  async close(): Promise<void> {
    if (this.hasEnded) return;
    const grace = setTimeout(this.#closed.resolve, CLOSE_GRACE_MS);
    this.#link.send({ kind: 'close' });
    await this.#closed.promise;
    clearTimeout(grace);
    this.#link.kill();
  }

  #receive(message: FromBackend): void {
    switch (message.kind) {
      case 'reply':
        this.#waiting.get(message.id)?.(message.reply);
        this.#waiting.delete(message.id);
        break;
      case 'event':
        this.#platform.emit(message.name, message.payload);
        break;
      case 'ask':
        void this.#ask(message.id, message.asked);
        break;
      case 'closed':
        this.#closed.resolve();
        break;
    }
  }

  async #ask(id: number, asked: Asked): Promise<void> {
    const { openFileDialog, openFolderDialog } = this.#platform;
    const path =
      asked.dialog === 'file' ? await openFileDialog?.() : await openFolderDialog?.(asked.title);
    this.#link.send({ kind: 'chosen', id, path });
  }

  #end(): void {
    this.hasEnded = true;
    this.#closed.resolve();
    const text = 'The part of Airlock that reads hosts has ended by itself: open the host again';
    for (const answer of this.#waiting.values()) answer(failure('internal', text));
    this.#waiting.clear();
  }
}

function setupOf(platform: Platform): Setup {
  const { shell, assetsDir, version, dataDir, openFileDialog, openFolderDialog } = platform;
  return {
    shell,
    assetsDir,
    version,
    ...(dataDir !== undefined && { dataDir }),
    dialogs: [
      ...(openFileDialog ? (['file'] as const) : []),
      ...(openFolderDialog ? (['folder'] as const) : []),
    ],
  };
}
