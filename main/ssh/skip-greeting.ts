/** The first line of what Airlock asked for; what a host's shell prints before it is dropped. */
export const BEGIN_LINE = 'airlock-begin';

/** Nobody's greeting is as long. */
const MAX_GREETING_BYTES = 64 * 1024;

/**
 * A command for whatever login shell the host has: sh, csh and fish agree on these words.
 *
 * @param command - Plain words, none of them from outside.
 */
export function announced(command: string): string {
  return `echo ${BEGIN_LINE}; exec ${command}`;
}

/** Passes on what comes after the line {@link BEGIN_LINE}. */
export class GreetingSkipper {
  #greeting = Buffer.alloc(0);
  #hasBegun = false;

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  /** What the host wrote in place of the line. */
  get greeting(): string {
    return this.#greeting.toString();
  }

  /** @returns The part of a chunk that counts. */
  pass(chunk: Buffer): Buffer {
    if (this.#hasBegun) return chunk;
    const all = Buffer.concat([this.#greeting, chunk]);
    const at = all.indexOf(`${BEGIN_LINE}\n`);
    if (at < 0) {
      this.#greeting = all.subarray(-MAX_GREETING_BYTES);
      return Buffer.alloc(0);
    }
    this.#hasBegun = true;
    return all.subarray(at + BEGIN_LINE.length + 1);
  }
}
