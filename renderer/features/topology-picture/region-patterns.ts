/** One pattern for each look of a region: a tile of this size, and what is drawn on it. */
export const PATTERN_PX = 12;

/** Paths with a stroke, by the number of the look; the first stays plain. */
export const PATTERN_PATHS: readonly string[] = [
  '',
  'M0,12L12,0',
  'M0,0L12,12',
  'M6,5V7',
  'M0,6H12',
  'M6,0V12',
];
