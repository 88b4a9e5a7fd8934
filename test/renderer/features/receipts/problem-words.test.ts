import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  PROBLEM_WORDS,
  problemWords,
} from '../../../../renderer/features/receipts/problem-words.ts';

const STEPS = join(import.meta.dirname, '../../../../assets/helper/STEPS.md');

it('has words for each problem that the helper can name, and for no other', () => {
  const [, list = ''] = /Codes: ([^]*?)\.\n*$/.exec(readFileSync(STEPS, 'utf8')) ?? [];
  const codes = [...list.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(30);
  expect(Object.keys(PROBLEM_WORDS).sort()).toEqual(codes.sort());
  expect(problemWords('made-up').title).toBe('The helper refused');
});
