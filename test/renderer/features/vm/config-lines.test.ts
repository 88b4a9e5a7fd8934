import { expect, it } from 'vitest';
import { configLines, numberFindings } from '../../../../renderer/features/vm/config-lines.ts';
import { severityCounts } from '../../../../renderer/features/vm/severity-counts.ts';
import type { VmFinding } from '../../../../shared/vm-report.ts';

function finding(severity: VmFinding['severity'], place?: VmFinding['place']): VmFinding {
  const words = { code: 'code', path: '', text: 'Text.', remedy: 'Remedy.' };
  return { ...words, severity, ...(place && { place }) };
}

it('marks each line with the gravest finding about it, and says each finding once', () => {
  const findings = numberFindings([
    finding('stop', { file: 0, first: 2, last: 3 }),
    finding('risk', { file: 0, first: 3, last: 4 }),
    finding('risk', { file: 1, first: 1, last: 1 }),
    finding('note'),
  ]);
  const lines = configLines('a\nb\nc\nd\n', findings, 0);
  expect(
    lines.map(({ text, severity, findings: said }) => [
      text,
      severity,
      said.map((one) => one.number),
    ]),
  ).toEqual([
    ['a', undefined, []],
    ['b', 'stop', [0]],
    ['c', 'stop', [1]],
    ['d', 'risk', []],
  ]);
});

it('counts findings in words', () => {
  expect(severityCounts([])).toBe('No findings');
  expect(severityCounts([finding('note'), finding('stop'), finding('note')])).toBe(
    '1 stop, 2 notes',
  );
});
