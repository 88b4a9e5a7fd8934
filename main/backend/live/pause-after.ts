/** How soon after a look the next one comes. */
const PAUSE_MS = 1_000;
/** On a host with thousands of functions looks are rarer: one part in so many of a processor. */
const SHARE = 150;
const LONGEST_PAUSE_MS = 5_000;

/**
 * The pause between two looks at the live host: a second, and more where looks are dear.
 *
 * @param costMs - Processor time of the last look, in milliseconds.
 */
export function pauseAfter(costMs: number): number {
  return Math.min(Math.max(PAUSE_MS, costMs * SHARE), LONGEST_PAUSE_MS);
}
