/** What a helper says is less than this by far; a host that says more is not listened to. */
const MAX_LINE_CHARACTERS = 16_384;
const MAX_BYTES = 16 * 1024 * 1024;

/** Takes the output of `assets/helper/over-ssh` apart. The host may lie: nothing here is trusted. */
export class HelperLines {
  /** The private folder on the host, once it has said so. */
  readonly folder: Promise<string>;
  /** Exit status of the helper, when its end was seen. */
  status: number | undefined;
  readonly #flood = new AbortController();
  readonly #onLine: (line: string) => void;
  readonly #setFolder: (folder: string) => void;
  readonly #decoder = new TextDecoder();
  #part = '';
  #bytes = 0;

  constructor(onLine: (line: string) => void) {
    this.#onLine = onLine;
    const { promise, resolve } = Promise.withResolvers<string>();
    this.folder = promise;
    this.#setFolder = resolve;
  }

  /** Aborted when the host says more than any helper. */
  get flood(): AbortSignal {
    return this.#flood.signal;
  }

  take(chunk: Buffer): void {
    this.#bytes += chunk.length;
    const lines = (this.#part + this.#decoder.decode(chunk, { stream: true })).split('\n');
    this.#part = lines.pop() ?? '';
    if (this.#bytes > MAX_BYTES || this.#part.length > MAX_LINE_CHARACTERS) this.#flood.abort();
    if (this.#flood.signal.aborted) return;
    for (const line of lines) this.#takeLine(line);
  }

  #takeLine(line: string): void {
    const [, folder] =
      /^airlock-folder (\/(?:run|tmp)\/airlock-ssh\.[A-Za-z0-9]{6})$/.exec(line) ?? [];
    const [, status] = /^airlock-exit (\d{1,3})$/.exec(line) ?? [];
    if (folder !== undefined) this.#setFolder(folder);
    else if (status !== undefined) this.status = Number(status);
    else this.#onLine(line.replaceAll(/[^\x20-\x7e]/g, '?'));
  }
}
