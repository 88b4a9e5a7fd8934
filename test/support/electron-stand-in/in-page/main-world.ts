/**
 * The page's side of `contextBridge`. Its source text runs in the page's own world before any script
 * of the page, so it may use nothing from outside.
 *
 * The two worlds share the document and nothing else. They talk by custom events under a name that
 * the page does not know: dispatching is synchronous, as `contextBridge` is, and Blink clones an
 * event's detail on its way from one world to the other.
 *
 * @param channel - Secret name of the events, without `:page` or `:preload`.
 */
export function installMainWorld(channel: string): void {
  interface FromPreload {
    readonly kind: string;
    readonly id: number;
    readonly key: string;
    readonly value: unknown;
    readonly error: Error;
    readonly args: readonly unknown[];
  }
  type AnyFunction = (...args: unknown[]) => unknown;

  if (window !== window.top) return;
  const callbacks: AnyFunction[] = [];
  const returns = new Map<number, FromPreload>();
  const settlers = new Map<number, (message: FromPreload) => void>();
  let lastCall = 0;

  const send = (detail: unknown): void => {
    document.dispatchEvent(new CustomEvent(`${channel}:preload`, { detail }));
  };

  const mapPlain = (value: unknown, map: (item: unknown) => unknown): unknown => {
    if (Array.isArray(value)) return value.map(map);
    if (typeof value !== 'object' || value === null) return value;
    if (Object.getPrototypeOf(value) !== Object.prototype) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, map(item)]));
  };

  /** A function of the page becomes a number that the preload script can call. */
  const toPreload = (value: unknown): unknown => {
    if (typeof value !== 'function') return mapPlain(value, toPreload);
    return { $callback: callbacks.push(value as AnyFunction) - 1 };
  };

  const fromPreload = (value: unknown): unknown => {
    const id = (value as { $function?: unknown } | null)?.$function;
    if (typeof id === 'number') return (...args: unknown[]) => call(id, args);
    const plain = mapPlain(value, fromPreload);
    return Array.isArray(plain) ? plain : Object.freeze(plain);
  };

  const call = (functionId: number, args: readonly unknown[]): unknown => {
    const id = ++lastCall;
    send({ kind: 'call', id, functionId, args: args.map(toPreload) });
    const answer = returns.get(id);
    returns.delete(id);
    if (!answer) throw new Error('An object could not be cloned.');
    if (answer.kind === 'threw') throw answer.error;
    if (answer.kind === 'returned') return fromPreload(answer.value);
    return new Promise((resolve, reject) => {
      settlers.set(id, (message) => {
        if (message.kind === 'resolved') resolve(fromPreload(message.value));
        else reject(message.error);
      });
    });
  };

  const expose = ({ key, value }: FromPreload): void => {
    Object.defineProperty(window, key, { value: fromPreload(value), enumerable: true });
  };

  document.addEventListener(`${channel}:page`, (event) => {
    event.stopImmediatePropagation();
    const message = (event as CustomEvent<FromPreload | null>).detail;
    if (message === null) return;
    if (message.kind === 'expose') expose(message);
    else if (message.kind === 'callback') callbacks[message.id]?.(...message.args.map(fromPreload));
    else if (message.kind === 'resolved' || message.kind === 'rejected') {
      settlers.get(message.id)?.(message);
      settlers.delete(message.id);
    } else returns.set(message.id, message);
  });
}
