/** The outcome of an operation that the caller is expected to handle. */
export type Result<T, E> = Ok<T> | Err<E>;

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

export interface Err<E> {
  readonly ok: false;
  readonly error: E;
}

/** A failure that a person can act on: a code for programs and one sentence for people. */
export interface Failure<Code extends string = string> {
  readonly code: Code;
  /** Names the thing, the value and the reason; starts with a capital; no final stop needed. */
  readonly message: string;
}

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function err<E>(error: E): Err<E> {
  return { ok: false, error };
}

/** Builds a failed result from a code and a sentence. */
export function failure<Code extends string>(code: Code, message: string): Err<Failure<Code>> {
  return err({ code, message });
}

/** Ends a `switch` over a union: adding a member stops the compilation here. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
