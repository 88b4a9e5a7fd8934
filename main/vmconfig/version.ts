/**
 * Whether a program is known to be of that version or newer.
 *
 * @param version - `9.0.0`; `undefined` where it is not known, which is never new enough.
 */
export function isKnownSince(version: string | undefined, major: number, minor: number): boolean {
  const [, first, second] = /^(\d+)\.(\d+)/.exec(version ?? '') ?? [];
  if (first === undefined || second === undefined) return false;
  return Number(first) > major || (Number(first) === major && Number(second) >= minor);
}
