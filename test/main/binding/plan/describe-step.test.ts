import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  ARGUMENT_FILES,
  BUILDERS,
  CONSTANT_PLACES,
  describeStep,
} from '../../../../main/binding/plan/describe-step.ts';
import { HOOK_PLAN, WHOLE_PLAN } from '../../../support/simulated-host/plan-texts.ts';

const HELPER = join(import.meta.dirname, '../../../../assets/helper/airlock-helper');

describe('the words of a step', () => {
  it('are three sentences for each kind', () => {
    for (const step of [...WHOLE_PLAN.steps, ...HOOK_PLAN.steps]) {
      for (const text of Object.values(describeStep(step))) expect(text).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('name the places that the helper writes', () => {
    const helper = readFileSync(HELPER, 'utf8');
    const places = (word: string) =>
      Object.fromEntries(
        [...helper.matchAll(new RegExp(`^ +'${word} ([\\w-]+)'\\) place=(\\S+)`, 'gm'))].map(
          ([, name = '', path = '']) => [name, path],
        ),
      );
    expect(CONSTANT_PLACES).toEqual(places('install'));
    expect(ARGUMENT_FILES).toEqual(places('arguments'));
    const list = { kind: 'list', before: undefined } as const;
    expect(describeStep(list).effect).toContain(places('list').list);
  });
  it('name the commands that the helper runs', () => {
    const helper = readFileSync(HELPER, 'utf8');
    const commands = [...helper.matchAll(/^ +([\w-]+)\) builder='([^']+)'/gm)];
    expect(BUILDERS).toEqual(
      Object.fromEntries(commands.map(([, name = '', command = '']) => [name, command])),
    );
  });
});
