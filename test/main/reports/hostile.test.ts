import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openReport } from '../../../main/reports/open-report.ts';
import { MutatedTexts } from '../../support/mutated-texts.ts';
import { functionOf, readReport } from '../../support/read-report.ts';
import { REPORT_SEEDS } from '../../support/report-seeds.ts';

const SEEDS: readonly string[] = Object.values(REPORT_SEEDS);

/** Texts of several layouts, cut, doubled, with bytes changed. */
const broken = fc
  .record({
    parts: fc.array(fc.constantFrom(...SEEDS), { minLength: 1, maxLength: 6 }),
    edits: fc.array(
      fc.record({
        at: fc.nat(2000),
        length: fc.nat(40),
        text: fc.oneof(
          fc.string({ unit: 'binary', maxLength: 12 }),
          fc.constantFrom('\n', '\0', '[', ':', '/', 'ffff:ff:1f.7 ', '\u001b[31m', '}'),
        ),
      }),
      { maxLength: 8 },
    ),
  })
  .map(({ parts, edits }) =>
    edits.reduce((text, { at, length, text: inserted }) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + inserted + text.slice(place + length);
    }, parts.join('')),
  );

describe('a damaged report', () => {
  it.each(Object.entries(REPORT_SEEDS))(
    'of %s gives a host or one line, 2,000 times',
    (_name, text) => {
      const mutated = new MutatedTexts([text, ...SEEDS], 1);
      for (let at = 0; at < 2000; at++) {
        const host = openReport('broken', mutated.next());
        if (!host.ok) expect(host.error.message).toMatch(/^Cannot read broken: [^\n]+$/);
      }
    },
    120_000,
  );

  it('never throws, and gives no more functions and problems than it has lines', () => {
    fc.assert(
      fc.property(broken, (text) => {
        const host = openReport('broken', new TextEncoder().encode(text));
        if (!host.ok) {
          expect(host.error.message).toMatch(/^Cannot read broken: [^\n]+$/);
          return;
        }
        const lines = text.split(/\r\n|\n|\r/).length;
        expect(host.value.functions.length).toBeLessThanOrEqual(lines * 4);
        expect(host.value.problems.length).toBeLessThanOrEqual(lines * 8 + 10);
        for (const { text: problem } of host.value.problems) {
          expect(problem).not.toMatch(/[\u0000-\u001f\u007f]/);
        }
      }),
      { numRuns: 2000 },
    );
  }, 120_000);

  it.each(SEEDS.map((seed, at) => [at, seed] as const))(
    'number %i may end anywhere',
    (_at, seed) => {
      for (let end = 0; end <= seed.length; end++) {
        expect(() => openReport('cut', new TextEncoder().encode(seed.slice(0, end)))).not.toThrow();
      }
    },
  );
});

describe('an enormous report', () => {
  it('has its long lines cut, and says so', () => {
    const text = `01:00.0 Class 0300: 1234:abcd (rev a1)\n\tSubsystem: ${'x'.repeat(5_000_000)}\n`;
    const host = readReport(text);
    expect(functionOf(host, '01:00.0').vendorId).toBe(0x1234);
    expect(host.problems.map((problem) => problem.text)).toContain(
      'Line 2: the line is too long and was cut',
    );
  });

  it.each([
    ['brackets', '['.repeat(200_000)],
    ['headings', 'Group '.repeat(50_000)],
    ['spaces', ' '.repeat(1_000_000)],
    ['dashes', `-[0000:00]${'-+'.repeat(100_000)}`],
    ['quotes', `00:00.0 "a" "b" "c" ${'"'.repeat(100_000)}`],
    ['paths', `${'00:01.0/'.repeat(50_000)}x`],
    ['nested JSON', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['nested XML', `<device>\n${'<a>'.repeat(100_000)}\n</device>\n`],
  ])('of %s in one line is refused or read', (_name, text) => {
    expect(() => openReport('long', new TextEncoder().encode(`${text}\n${text}`))).not.toThrow();
  });

  it('has a bounded number of functions', () => {
    const lines: string[] = [];
    for (let at = 0; at < 70_000; at++) {
      lines.push(
        `${(at >> 8).toString(16).padStart(4, '0')}:${(at & 0xff).toString(16).padStart(2, '0')}:00.0 Class 0604: 1234:abcd`,
      );
    }
    const host = readReport(lines.join('\n'));
    expect(host.functions).toHaveLength(65_536);
    expect(host.problems.map(({ code }) => code)).toContain('limit');
  }, 120_000);
});
