import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { PassThrough, type Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import type { OutputPacking } from './redact-content.ts';

/** A new private file that is written piece by piece, packed on the way. */
export class OutputFile {
  readonly #head: Transform;
  readonly #done: Promise<void>;

  /** @param path - Must not exist. */
  constructor(path: string, packing: OutputPacking) {
    this.#head = packer(packing);
    this.#done = pipeline(this.#head, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    // Who writes or closes meets the error.
    this.#done.catch(() => undefined);
  }

  async write(chunk: Uint8Array): Promise<void> {
    if (this.#head.write(chunk)) return;
    await Promise.race([once(this.#head, 'drain'), this.#done]);
  }

  async close(): Promise<void> {
    this.#head.end();
    await this.#done;
  }
}

function packer(packing: OutputPacking): Transform {
  switch (packing) {
    case 'none':
      return new PassThrough();
    case 'gzip':
      return createGzip();
    case 'zstd':
      return createZstdCompress();
  }
}
