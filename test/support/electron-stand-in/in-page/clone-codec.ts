/** Structured-clone values to text and back. */
export interface CloneCodec {
  /** Throws a `DataCloneError` for what cannot be cloned, as Electron's IPC does. */
  toText(value: unknown): string;
  fromText(text: string): unknown;
}

/**
 * Makes a codec. Its source text also runs inside the page, so it may use nothing from outside.
 *
 * Plain data is written as the JSON that it is; anything else is `{"$": kind, "v": value}`.
 */
export function createCloneCodec(): CloneCodec {
  type Special = { readonly $: string; readonly v?: unknown };

  const bytesToText = (bytes: Uint8Array): string => {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) {
      text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    }
    return btoa(text);
  };
  const textToBytes = (text: string): Uint8Array =>
    Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

  const refuse = (value: unknown): never => {
    throw new DOMException(`${String(value)} could not be cloned.`, 'DataCloneError');
  };

  const encodeObject = (value: object): unknown => {
    if (Array.isArray(value)) return value.map(encode);
    if (value instanceof Date) return { $: 'date', v: value.getTime() };
    if (value instanceof Map) return { $: 'map', v: [...value].map(encode) };
    if (value instanceof Set) return { $: 'set', v: [...value].map(encode) };
    if (value instanceof Error) return { $: 'error', v: value.message };
    if (value instanceof Uint8Array) return { $: 'bytes', v: bytesToText(value) };
    if (Object.prototype.toString.call(value) !== '[object Object]') return refuse(value);
    const members = Object.entries(value).map(([key, member]) => [key, encode(member)]);
    return Object.hasOwn(value, '$') ? { $: 'object', v: members } : Object.fromEntries(members);
  };

  const encode = (value: unknown): unknown => {
    switch (typeof value) {
      case 'undefined':
        return { $: 'undefined' };
      case 'bigint':
        return { $: 'bigint', v: String(value) };
      case 'number':
        return Number.isFinite(value) ? value : { $: 'number', v: String(value) };
      case 'function':
      case 'symbol':
        return refuse(value);
      case 'object':
        return value === null ? null : encodeObject(value);
      default:
        return value;
    }
  };

  const specials: Readonly<Record<string, (value: unknown) => unknown>> = {
    undefined: () => undefined,
    bigint: (value) => BigInt(value as string),
    number: Number,
    date: (value) => new Date(value as number),
    map: (value) => new Map((value as unknown[]).map(decode) as [unknown, unknown][]),
    set: (value) => new Set((value as unknown[]).map(decode)),
    error: (value) => new Error(value as string),
    bytes: (value) => textToBytes(value as string),
    object: (value) =>
      Object.fromEntries((value as [string, unknown][]).map(([key, item]) => [key, decode(item)])),
  };

  const decode = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(decode);
    if (Object.hasOwn(value, '$')) {
      const { $: kind, v } = value as Special;
      return specials[kind]?.(v);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]));
  };

  return {
    toText: (value) => JSON.stringify(encode(value)),
    fromText: (text) => decode(JSON.parse(text)),
  };
}
