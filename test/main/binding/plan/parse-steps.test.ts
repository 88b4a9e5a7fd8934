import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formatSteps } from '../../../../main/binding/plan/format-steps.ts';
import { parseSteps } from '../../../../main/binding/plan/parse-steps.ts';
import {
  ARGUMENTS_PLACES,
  BOOT_STACKS,
  CONSTANT_FILES,
  FIXED_ARGUMENTS,
} from '../../../../main/binding/plan/step-words.ts';
import {
  BREAKING,
  HOOK_PLAN,
  HOOK_TEXT,
  SMALL_PLAN,
  WHOLE_PLAN,
  WHOLE_TEXT,
} from '../../../support/simulated-host/plan-texts.ts';

const ASSETS = join(import.meta.dirname, '../../../../assets/helper');
const helper = readFileSync(join(ASSETS, 'airlock-helper'), 'utf8');
const grammar = readFileSync(join(ASSETS, 'STEPS.md'), 'utf8');

describe('a plan as text', () => {
  it('is one line a step between a header and a count', () => {
    expect(formatSteps(WHOLE_PLAN)).toEqual({ ok: true, value: WHOLE_TEXT });
    expect(formatSteps(HOOK_PLAN)).toEqual({ ok: true, value: HOOK_TEXT });
  });

  it('is read back as it was written', () => {
    expect(parseSteps(WHOLE_TEXT)).toEqual({ ok: true, value: WHOLE_PLAN });
    expect(parseSteps(HOOK_TEXT)).toEqual({ ok: true, value: HOOK_PLAN });
    expect(parseSteps(SMALL_PLAN).ok).toBe(true);
  });

  it.each(BREAKING)('is refused when %s', (_name, text) => {
    expect(parseSteps(text)).toMatchObject({ ok: false, error: { code: 'malformed-steps' } });
  });

  it('names the line that breaks the grammar', () => {
    const broken = SMALL_PLAN.replace('module vfio-pci', 'module nvidia');
    expect(parseSteps(broken)).toMatchObject({
      error: { message: 'Line 6 of the plan breaks the grammar of steps' },
    });
  });

  it('is not written when a step cannot be said in it', () => {
    const module = { kind: 'timer', when: 'run', minutes: 61 } as const;
    expect(formatSteps({ ...WHOLE_PLAN, steps: [module] })).toMatchObject({ ok: false });
  });
});

describe('the closed lists', () => {
  /** The words before `)` in a case of the helper's function. */
  function cases(name: string, pattern: RegExp): readonly string[] {
    const body = new RegExp(`^${name}\\(\\) \\{\\n([^]*?)^\\}`, 'm').exec(helper)?.[1] ?? '';
    return [...body.matchAll(pattern)].flatMap(([, words = '']) => words.split(' | '));
  }
  const PLAIN = /^ +([a-z][\w.=: |-]*)\) /gm;

  it('are the same here and in the helper', () => {
    expect(cases('find_builder', PLAIN)).toEqual(BOOT_STACKS);
    expect(cases('valid_argument', /^ +([a-z_]+=[\w.=: |-]*)\) /gm)).toEqual(FIXED_ARGUMENTS);
    expect(cases('find_place', /^ +'install ([\w-]+)'\) /gm)).toEqual(CONSTANT_FILES);
    expect(cases('find_place', /^ +'arguments ([\w-]+)'\) /gm)).toEqual(ARGUMENTS_PLACES);
  });

  it('are all in the grammar', () => {
    const words = [...BOOT_STACKS, ...FIXED_ARGUMENTS, ...CONSTANT_FILES];
    const missing = [...words, ...ARGUMENTS_PLACES].filter(
      (word) => !grammar.includes(`\`${word}\``),
    );
    expect(missing).toEqual([]);
  });
});
