/** A file that the output does not have. */
export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

const MAX_NAMED = 1000;

/** What redaction did besides replacing words. */
export class RedactionNotes {
  readonly #leftOut: LeftOut[] = [];
  #leftOutCount = 0;
  #clearedSerials = 0;
  #hasChanged = false;

  /** The output differs from the input. */
  change(): void {
    this.#hasChanged = true;
  }

  /** A Device Serial Number was set to zero. */
  clearSerial(): void {
    this.#clearedSerials++;
    this.#hasChanged = true;
  }

  /** @param path - As it is called in the output. */
  leaveOut(path: string, reason: string): void {
    this.#leftOutCount++;
    this.#hasChanged = true;
    if (this.#leftOut.length < MAX_NAMED) this.#leftOut.push({ path, reason });
  }

  get hasChanged(): boolean {
    return this.#hasChanged;
  }

  get clearedSerials(): number {
    return this.#clearedSerials;
  }

  /** The first of the files that were left out, and how many there are. */
  get leftOut(): { readonly count: number; readonly files: readonly LeftOut[] } {
    return { count: this.#leftOutCount, files: this.#leftOut };
  }
}
