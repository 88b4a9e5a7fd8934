const COUNT = 0;
const LENGTH = 1;
const HEAD_BYTES = 2 * Int32Array.BYTES_PER_ELEMENT;
/** Longer paths are cut: they are for people to read. */
const PATH_BYTES = 1024;

/** Where a reading is, as another thread sees it. */
export interface Beat {
  /** Changes with every path that is touched. */
  readonly count: number;
  readonly path: string;
}

/**
 * The path that a thread is about to touch, in memory that it shares with the thread that waits
 * for it: who is blocked in the kernel can send no message.
 */
export class Heartbeat {
  readonly memory: SharedArrayBuffer;
  readonly #head: Int32Array;
  readonly #path: Buffer;

  /** @param memory - Of the heartbeat to share; left out, it is a new one. */
  constructor(memory = new SharedArrayBuffer(HEAD_BYTES + PATH_BYTES)) {
    this.memory = memory;
    this.#head = new Int32Array(memory, 0, 2);
    this.#path = Buffer.from(memory, HEAD_BYTES, PATH_BYTES);
  }

  beat(path: string): void {
    Atomics.store(this.#head, LENGTH, this.#path.write(path));
    Atomics.add(this.#head, COUNT, 1);
  }

  /** A path that is written at the same moment may be a mixture; one that blocks is whole. */
  read(): Beat {
    const length = Atomics.load(this.#head, LENGTH);
    return {
      count: Atomics.load(this.#head, COUNT),
      path: this.#path.toString('utf8', 0, length),
    };
  }
}
