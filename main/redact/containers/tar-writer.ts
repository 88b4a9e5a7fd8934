import { once } from 'node:events';
import { pack } from 'tar-stream';
import type { Entry, EntryWriter } from '../entry.ts';

/** Writes a tar archive, without the names of users and groups. */
export class TarWriter implements EntryWriter {
  readonly #pack = pack();
  readonly #drained: Promise<void>;

  /** @param sink - Gets the bytes, one after the other. */
  constructor(sink: (chunk: Uint8Array) => Promise<void>) {
    this.#drained = drain(this.#pack as AsyncIterable<Uint8Array>, sink);
    // Who waits for the end meets the error; until then nobody does.
    this.#drained.catch(() => this.#pack.destroy());
  }

  async add(entry: Entry, sizeBytes: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    const { path, kind, target, mode, modifiedAtMs } = entry;
    const header = {
      name: path,
      mode,
      mtime: new Date(modifiedAtMs),
      type: kind === 'hardlink' ? ('link' as const) : kind,
      ...(target !== '' && { linkname: target }),
      size: kind === 'file' ? sizeBytes : 0,
    };
    await new Promise<void>((resolve, reject) => {
      const done = (error?: Error | null) => (error ? reject(error) : resolve());
      const stream = this.#pack.entry(header, done);
      if (kind === 'file') fill(stream, content).catch(reject);
    });
  }

  async finish(): Promise<void> {
    this.#pack.finalize();
    await this.#drained;
  }
}

type Sink = ReturnType<ReturnType<typeof pack>['entry']>;

async function fill(stream: Sink, content: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const chunk of content) {
    if (!stream.write(chunk)) await once(stream, 'drain');
  }
  stream.end(undefined);
}

async function drain(
  chunks: AsyncIterable<Uint8Array>,
  sink: (chunk: Uint8Array) => Promise<void>,
): Promise<void> {
  for await (const chunk of chunks) await sink(chunk);
}
