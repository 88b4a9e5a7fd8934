/** Contents are copied into blocks of this size; a larger one gets a block of its own. */
const BLOCK_BYTES = 1024 * 1024;

/**
 * Keeps many small contents one behind the other in large blocks of memory: an archive of a large
 * host has 200,000 files of a few bytes, and an array object for each would cost more than they.
 */
export class ContentStore {
  readonly #blocks: Uint8Array[] = [];
  readonly #blockOf: number[] = [];
  readonly #starts: number[] = [];
  readonly #lengths: number[] = [];
  #used = BLOCK_BYTES;

  /**
   * Copies a content.
   *
   * @param parts - In order; as long as `length` together.
   * @returns The number to {@link get} it by.
   */
  add(parts: readonly Uint8Array[], length: number): number {
    if (this.#used + length > BLOCK_BYTES) {
      this.#blocks.push(new Uint8Array(Math.max(length, BLOCK_BYTES)));
      this.#used = 0;
    }
    this.#blockOf.push(this.#blocks.length - 1);
    this.#starts.push(this.#used);
    this.#lengths.push(length);
    let offset = this.#used;
    for (const part of parts) {
      this.#blocks.at(-1)?.set(part, offset);
      offset += part.length;
    }
    this.#used += length;
    return this.#starts.length - 1;
  }

  /** The content without copying; empty for a number that was never given. */
  get(content: number): Uint8Array {
    const start = this.#starts[content] ?? 0;
    const block = this.#blocks[this.#blockOf[content] ?? -1];
    return block?.subarray(start, start + (this.#lengths[content] ?? 0)) ?? new Uint8Array();
  }
}
