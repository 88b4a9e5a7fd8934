const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

const FORMAT = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** How long ago, in the biggest unit that fits: `3 hours ago`, `just now`. */
export function relativeTime(thenMs: number, nowMs: number): string {
  const elapsed = thenMs - nowMs;
  for (const [unit, length] of UNITS) {
    if (Math.abs(elapsed) >= length) return FORMAT.format(Math.round(elapsed / length), unit);
  }
  return 'just now';
}

/** The exact time, for the pointer: `2026-11-22 12:47:03 UTC+1`. */
export function exactTime(atMs: number): string {
  return new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'long',
  }).format(atMs);
}
