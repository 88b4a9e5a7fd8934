import { closeSync, createReadStream, openSync, rmSync, writeSync } from 'node:fs';

const MEMORY_BYTES = 8 * 1024 * 1024;

/**
 * Holds a redacted content until its size is known, which the header of an archive's entry wants
 * first: in memory, or where it is large in a file beside the output.
 */
export class Spool {
  readonly #path: string;
  #parts: Uint8Array[] = [];
  #descriptor: number | undefined;
  #size = 0;

  /** @param path - A file that does not exist; it is private and removed in the end. */
  constructor(path: string) {
    this.#path = path;
  }

  get size(): number {
    return this.#size;
  }

  write(bytes: Uint8Array): void {
    this.#size += bytes.length;
    if (this.#descriptor !== undefined) {
      writeSync(this.#descriptor, bytes);
      return;
    }
    this.#parts.push(bytes);
    if (this.#size > MEMORY_BYTES) this.#moveToFile();
  }

  async *chunks(): AsyncGenerator<Uint8Array> {
    if (this.#descriptor === undefined) yield* this.#parts;
    else yield* createReadStream(this.#path) as AsyncIterable<Uint8Array>;
  }

  remove(): void {
    if (this.#descriptor === undefined) return;
    closeSync(this.#descriptor);
    rmSync(this.#path, { force: true });
  }

  #moveToFile(): void {
    this.#descriptor = openSync(this.#path, 'wx', 0o600);
    for (const part of this.#parts) writeSync(this.#descriptor, part);
    this.#parts = [];
  }
}
