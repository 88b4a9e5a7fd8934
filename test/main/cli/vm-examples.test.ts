import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fillExamples } from '../../support/command-examples.ts';
import { runAirlock } from '../../support/run-airlock.ts';

const TEXT = readFileSync(join(import.meta.dirname, '../../../assets/help/vm-examples.md'), 'utf8');

describe('assets/help/vm-examples.md', () => {
  it('holds what its commands print', async () => {
    const ran: string[] = [];
    const filled = await fillExamples(TEXT, async (...words) => {
      ran.push(words.join(' '));
      return runAirlock(...words);
    });
    expect(filled).toBe(TEXT);
    expect(ran).toHaveLength(3);
  });

  it('loses a line that no command prints', async () => {
    const changed = TEXT.replace('<name>win11</name>', '<name>win12</name>');
    expect(changed).not.toBe(TEXT);
    expect(await fillExamples(changed, runAirlock)).toBe(TEXT);
  });
});
