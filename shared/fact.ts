/**
 * One fact about a host, read or not.
 *
 * - a value: the source said so;
 * - `undefined`: the source was asked and the thing is absent;
 * - {@link Unreadable}: the source could not answer. Never treat it as absent.
 */
export type Fact<T> = T | undefined | Unreadable;

/** A fact that could not be read. */
export interface Unreadable {
  readonly state: 'unreadable';
  /**
   * The system's errno name (`EACCES`, `EIO`), or one of ours: `TRUNCATED` (the kernel gave only
   * the first bytes, as it does without CAP_SYS_ADMIN), `NOT_RECORDED` (the source holds no such
   * fact), `MALFORMED` (there was content, but not what the kernel writes).
   */
  readonly errno: string;
}

export function unreadable(errno: string): Unreadable {
  return { state: 'unreadable', errno };
}

export function isUnreadable(fact: unknown): fact is Unreadable {
  return typeof fact === 'object' && fact !== null && (fact as Unreadable).state === 'unreadable';
}

/** The value where it is known, otherwise `undefined`; only for display, never for a decision. */
export function known<T>(fact: Fact<T>): T | undefined {
  return isUnreadable(fact) ? undefined : fact;
}
