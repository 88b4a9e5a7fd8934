/** What breaks readers: ends of strings and lines, numbers at their limits, other encodings. */
const PIECES = [
  '\n',
  '\0',
  '[',
  ']',
  ':',
  '/',
  '<',
  '>',
  '{',
  '}',
  '"',
  '\u001b[31m',
  'ffff:ff:1f.7 ',
  '4294967296',
  '-1',
  '&e;',
  '\ufffd',
  '\t',
  '\r',
];

/** An endless row of broken texts or archives: cut, doubled, spliced, with bytes changed. */
export class MutatedTexts {
  readonly #seeds: readonly Uint8Array[];
  #state: number;

  /** @param seeds - The first is broken most often. */
  constructor(seeds: readonly (string | Uint8Array)[], seed: number) {
    this.#seeds = seeds.map((one) => Buffer.from(one as Uint8Array));
    this.#state = seed >>> 0 || 1;
  }

  next(): Uint8Array {
    let bytes = Buffer.from(
      this.#seeds[this.#below(3) === 0 ? this.#below(this.#seeds.length) : 0] ?? [],
    );
    const edits = 1 + this.#below(8);
    for (let edit = 0; edit < edits; edit++) bytes = this.#edit(bytes);
    return bytes;
  }

  #edit(bytes: Buffer): Buffer<ArrayBuffer> {
    const at = this.#below(bytes.length + 1);
    const end = Math.min(bytes.length, at + this.#below(60));
    const whole = [bytes.subarray(0, at), bytes.subarray(end)] as const;
    switch (this.#below(5)) {
      case 0:
        return Buffer.concat([...whole]);
      case 1:
        return Buffer.concat([
          whole[0],
          bytes.subarray(at, end),
          bytes.subarray(at, end),
          whole[1],
        ]);
      case 2:
        return Buffer.concat([
          whole[0],
          Buffer.from(PIECES[this.#below(PIECES.length)] ?? ''),
          whole[1],
        ]);
      case 3:
        return Buffer.concat([whole[0], Buffer.from([this.#below(256)]), whole[1]]);
      default:
        return Buffer.concat([
          whole[0],
          this.#seeds[this.#below(this.#seeds.length)] ?? Buffer.alloc(0),
          whole[1],
        ]);
    }
  }

  /** Xorshift: the same row for the same seed. */
  #below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) % limit;
  }
}
