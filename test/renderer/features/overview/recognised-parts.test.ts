import { expect, it } from 'vitest';
import { recognisedParts } from '../../../../renderer/features/overview/recognised-parts.ts';

it('joins the pieces of one kind in one file, and keeps files apart', () => {
  const part = { kind: 'kernel-log', confidence: 'certain' } as const;
  expect(
    recognisedParts([
      { ...part, firstLine: 4, lastLine: 9 },
      { ...part, kind: 'lspci', firstLine: 10, lastLine: 20, confidence: 'likely' },
      { ...part, firstLine: 30, lastLine: 30 },
      { ...part, firstLine: 1, lastLine: 2, file: 'dmesg' },
    ]),
  ).toEqual([
    {
      kind: 'kernel-log',
      file: undefined,
      firstLine: 4,
      lastLine: 30,
      pieces: 2,
      isLikely: false,
    },
    { kind: 'lspci', file: undefined, firstLine: 10, lastLine: 20, pieces: 1, isLikely: true },
    { kind: 'kernel-log', file: 'dmesg', firstLine: 1, lastLine: 2, pieces: 1, isLikely: false },
  ]);
});
