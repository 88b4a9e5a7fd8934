import { expect, it } from 'vitest';
import { stepIn } from '../../../../renderer/features/library/step-in.ts';

it.each([
  ['ArrowDown', -1, 3, 0],
  ['ArrowDown', 2, 3, 2],
  ['ArrowUp', -1, 3, 0],
  ['PageDown', 1, 40, 11],
  ['PageUp', 4, 40, 0],
  ['Home', 4, 40, 0],
  ['End', 4, 40, 39],
  ['a', 4, 40, undefined],
  ['ArrowDown', -1, 0, undefined],
])('%s from line %i of %i leads to %s', (key, active, count, next) => {
  expect(stepIn(key, active, count)).toBe(next);
});
