import type { CloneCodec } from './clone-codec.ts';

/** What the isolated world is told when it starts. */
export interface IsolatedWorldOptions {
  /** Secret name of the events between the two worlds. */
  readonly channel: string;
  /** Name of the function, in this world only, that sends text to the main process. */
  readonly binding: string;
  /** Name of the function, in this world only, that receives text from the main process. */
  readonly receiver: string;
  /** Source of the preload script, and its path for stack traces. */
  readonly preload: string;
  readonly preloadPath: string;
}

/**
 * The preload script's side: `require('electron')`, and the script itself. Its source text runs in a
 * world of its own, as with Electron's context isolation, so it may use nothing from outside.
 */
export function installIsolatedWorld(options: IsolatedWorldOptions, codec: CloneCodec): void {
  type AnyFunction = (...args: unknown[]) => unknown;
  type FromPage = { kind: string; id: number; functionId: number; args: readonly unknown[] } | null;
  type FromMain = {
    kind: string;
    id: number;
    value: unknown;
    error?: string;
    channel: string;
    args: unknown[];
  };

  if (window !== window.top) return;
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const functions: AnyFunction[] = [];

  const send = (detail: unknown): void => {
    document.dispatchEvent(new CustomEvent(`${options.channel}:page`, { detail }));
  };
  const post = (message: unknown): void => world[options.binding]?.(codec.toText(message));

  const mapPlain = (value: unknown, map: (item: unknown) => unknown): unknown => {
    if (Array.isArray(value)) return value.map(map);
    if (typeof value !== 'object' || value === null) return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item)]));
  };
  const toPage = (value: unknown): unknown => {
    if (typeof value !== 'function') return mapPlain(value, toPage);
    return { $function: functions.push(value as AnyFunction) - 1 };
  };
  const fromPage = (value: unknown): unknown => {
    const id = (value as { $callback?: unknown } | null)?.$callback;
    if (typeof id !== 'number') return mapPlain(value, fromPage);
    return (...args: unknown[]) => send({ kind: 'callback', id, args: args.map(toPage) });
  };
  const bare = (error: unknown): Error =>
    new Error(error instanceof Error ? error.message : String(error));

  const answerCall = (id: number, run: () => unknown): void => {
    try {
      const value = run();
      if (!(value instanceof Promise)) {
        send({ kind: 'returned', id, value: toPage(value) });
        return;
      }
      send({ kind: 'promised', id });
      value.then(
        (result) => send({ kind: 'resolved', id, value: toPage(result) }),
        (error: unknown) => send({ kind: 'rejected', id, error: bare(error) }),
      );
    } catch (error) {
      send({ kind: 'threw', id, error: bare(error) });
    }
  };
  document.addEventListener(`${options.channel}:preload`, (event) => {
    event.stopImmediatePropagation();
    const message = (event as CustomEvent<FromPage>).detail;
    if (message?.kind !== 'call') return;
    answerCall(message.id, () => functions[message.functionId]?.(...message.args.map(fromPage)));
  });

  const waiting = new Map<number, (message: FromMain) => void>();
  const heard = new Map<string, Set<AnyFunction>>();
  world[options.receiver] = (text: string) => {
    const message = codec.fromText(text) as FromMain;
    if (message.kind === 'event') {
      for (const listener of heard.get(message.channel) ?? []) listener({}, ...message.args);
      return;
    }
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  };

  let lastInvoke = 0;
  const invoke = async (channel: string, ...args: unknown[]): Promise<unknown> => {
    const id = ++lastInvoke;
    try {
      post({ kind: 'invoke', id, channel, args });
    } catch {
      throw new Error('An object could not be cloned.');
    }
    const answer = await new Promise<FromMain>((resolve) => waiting.set(id, resolve));
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer.value;
  };
  const on = (channel: string, listener: AnyFunction): void => {
    heard.set(channel, (heard.get(channel) ?? new Set()).add(listener));
  };
  const off = (channel: string, listener: AnyFunction): void => {
    heard.get(channel)?.delete(listener);
  };
  const exposeInMainWorld = (key: string, api: unknown): void => {
    send({ kind: 'expose', key, value: toPage(api) });
  };

  const electron = { contextBridge: { exposeInMainWorld }, ipcRenderer: { invoke, on, off } };
  const requireModule = (name: string): unknown => {
    if (name === 'electron') return electron;
    // The sandbox lets a few more modules through; Airlock's preload script needs none of them.
    throw new Error(`module not found: ${name}`);
  };
  try {
    const source = `${options.preload}\n//# sourceURL=${options.preloadPath}`;
    const module = { exports: {} };
    new Function('require', 'module', 'exports', source)(requireModule, module, module.exports);
  } catch (error) {
    post({ kind: 'preload-failed', id: 0, channel: '', args: [bare(error).message] });
  }
}
