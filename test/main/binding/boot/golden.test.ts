import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileChange } from '../../../../main/binding/boot/boot-plan.ts';
import { planBoot } from '../../../../main/binding/boot/plan-boot.ts';
import { formatStep, formatSteps } from '../../../../main/binding/plan/format-steps.ts';
import { BOOT_FUNCTIONS, BOOT_OPTIONS, bootFacts, readFolder } from '../../../support/boot-tree.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures/boot');

describe.each(readdirSync(FIXTURES))('%s', (name) => {
  const folder = join(FIXTURES, name);
  const before = readFolder(join(folder, 'before'));
  const plan = planFor(name, before);

  it('gives the plan that was reviewed', () => {
    const { detection, steps, instructions, undoInstructions, proof, notes } = plan;
    expect({
      initramfs: `${detection.initramfs.used}: ${detection.initramfs.reason}`,
      loader: `${detection.loader.used}: ${detection.loader.reason}`,
      steps: steps.map(formatStep),
      instructions,
      undoInstructions,
      proof,
      notes,
    }).toEqual(JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')));
  });

  it('writes the files that were reviewed, and their diffs', () => {
    const diffs = plan.changes.map(({ diff }) => diff).join('');
    expect(diffs).toBe(readFileSync(join(folder, 'changes.diff'), 'utf8'));
  });

  it('gives back every file exactly', () => {
    const after = apply(before, plan.changes);
    expect(after).not.toEqual(plan.changes.length > 0 ? before : undefined);
    expect(apply(after, plan.undoChanges)).toEqual(before);
  });

  it('has steps that the helper accepts', () => {
    const file = { planId: '0'.repeat(16), machine: undefined, bootId: undefined };
    const text = formatSteps({ ...file, kernelRelease: undefined, steps: plan.steps });
    expect(text.ok).toBe(plan.steps.length > 0);
  });

  it('says how it was verified', () => {
    expect(readFileSync(join(folder, 'verified.md'), 'utf8')).toMatch(/^[A-Z].*\.\n$/);
  });
});

function planFor(name: string, before: Readonly<Record<string, string>>) {
  const functions = BOOT_FUNCTIONS.map((fn) => ({
    ...fn,
    hasUniqueIds: name !== 'nixos-by-address',
  }));
  const plan = planBoot(bootFacts(before), functions, BOOT_OPTIONS);
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
}

/** Refuses what does not fit, as `patch` would. */
function apply(files: Readonly<Record<string, string>>, changes: readonly FileChange[]) {
  const result = { ...files };
  for (const { path, before, after } of changes) {
    expect(result[path]).toBe(before);
    if (after === undefined) Reflect.deleteProperty(result, path);
    else result[path] = after;
  }
  return result;
}
