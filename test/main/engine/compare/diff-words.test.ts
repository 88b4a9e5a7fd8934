import { expect, it } from 'vitest';
import { diffWords } from '../../../../main/engine/compare/diff-words.ts';

it.each([
  ['quiet', 'quiet', [], []],
  ['quiet splash', 'splash  quiet', [], []],
  ['a b', 'b c', ['a'], ['c']],
  ['a a', 'a', ['a'], []],
  ['', 'a', [], ['a']],
])('%j to %j', (before, after, removed, added) => {
  expect(diffWords(before, after)).toEqual({ removed, added });
});
