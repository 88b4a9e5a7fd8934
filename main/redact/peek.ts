/** A stream whose first bytes were looked at. */
export interface Peeked {
  readonly head: Uint8Array;
  /** Everything, the head included. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

type Step = IteratorResult<Uint8Array, undefined>;

/** Looks at the first bytes of a stream. */
export async function peek(chunks: AsyncIterable<Uint8Array>, headBytes: number): Promise<Peeked> {
  const iterator = chunks[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let length = 0;
  while (length < headBytes) {
    const step: Step = await iterator.next();
    if (step.done === true) break;
    first.push(step.value);
    length += step.value.length;
  }
  return { head: Buffer.concat(first).subarray(0, headBytes), chunks: rejoined(first, iterator) };
}

async function* rejoined(
  first: readonly Uint8Array[],
  iterator: AsyncIterator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  try {
    yield* first;
    for (;;) {
      const step: Step = await iterator.next();
      if (step.done === true) return;
      yield step.value;
    }
  } finally {
    await iterator.return?.();
  }
}
