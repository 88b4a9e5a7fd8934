import { expect, it } from 'vitest';
import { pauseAfter } from '../../../../main/backend/live/pause-after.ts';

it.each([
  ['a small host is looked at each second', 0.4, 1_000],
  ['a dear look is followed by a pause 150 times as long', 10, 1_500],
  ['the largest host is still looked at', 1_000, 5_000],
])('%s', (_name, costMs, pauseMs) => {
  expect(pauseAfter(costMs)).toBe(pauseMs);
});
