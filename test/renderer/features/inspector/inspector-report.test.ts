import { expect, it } from 'vitest';
import { functionReport } from '../../../../renderer/features/inspector/inspector-report.ts';
import { check, explain } from '../../fixtures/answers.ts';
import { INTEL_DESKTOP } from '../../fixtures/intel-desktop.ts';

it('copies the explanation as text that stands by itself', () => {
  const bdf = '0000:01:00.0';
  const fn = INTEL_DESKTOP.functions.find((one) => one.bdf === bdf)!;
  const group = INTEL_DESKTOP.groups.find(({ id }) => id === '2');
  const text = functionReport(fn, group, explain(INTEL_DESKTOP, bdf), check(INTEL_DESKTOP, [bdf]));
  expect(text).toContain('0000:01:00.0 GA102 [GeForce RTX 3080] [10de:2206]');
  expect(text).toContain('Group 2 (observed): 0000:00:01.0 0000:01:00.0 0000:01:00.1');
  expect(text).toContain('2. 0000:00:01.0 The root port above has no ACS');
  expect(text).toContain('Moves: 0000:01:00.0 (nouveau), 0000:01:00.1 (snd_hda_intel)');
  expect(text).toContain('Stays: 0000:00:01.0.');
});
