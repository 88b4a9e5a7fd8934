import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planFiles } from '../../../main/binding/plan/plan-files.ts';
import { planSchema, type Plan } from '../../../shared/plan.ts';
import { readFolder } from '../../support/boot-tree.ts';
import { planBootOf } from '../../support/plan-boot-of.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/boot');
const BY_HAND = ['by-hand.diff', 'by-hand.txt', 'undo-by-hand.txt'];

describe.each(readdirSync(FIXTURES))('the plan folder for %s', (name) => {
  const folder = join(FIXTURES, name);
  const plan = planOf(readFolder(join(folder, 'before')), ['intel_iommu=on']);
  const files = new Map(planFiles(plan).map((file) => [file.name, file.content]));

  it('has the plan.md that was reviewed', () => {
    expect(files.get('plan.md')).toBe(readFileSync(join(folder, 'plan.md'), 'utf8'));
  });

  it('is what its schema says', () => {
    expect(planSchema.parse(JSON.parse(files.get('plan.json') ?? ''))).toEqual(plan);
  });

  it('has something for the helper, for a person, or for both', () => {
    expect(files.has('steps.txt')).toBe(plan.steps.length > 0);
    expect(files.has('do.sh')).toBe(plan.steps.length > 0);
    const byHand = [...files.keys()].filter((file) => BY_HAND.includes(file));
    expect(plan.steps.length + byHand.length).toBeGreaterThan(0);
    const isPatched = plan.fileChanges.some(({ by }) => by === 'hand');
    expect(files.has('by-hand.diff')).toBe(isPatched);
  });

  it('undoes each file that it changes', () => {
    for (const { path, diff, undoDiff } of plan.fileChanges) {
      const added = diff
        .split('\n')
        .filter((line) => line.startsWith('+') && !/^\+{3} /.test(line));
      const taken = undoDiff
        .split('\n')
        .filter((line) => line.startsWith('-') && !/^-{3} /.test(line));
      expect([path, taken.map((line) => line.slice(1))]).toEqual([
        path,
        added.map((line) => line.slice(1)),
      ]);
    }
  });
});

describe('what the files do not tell', () => {
  const two = {
    ...readFolder(join(FIXTURES, 'initramfs-tools/before')),
    'usr/bin/dracut': '',
    'usr/lib/dracut/modules.d/x': '',
    'etc/kernel/postinst.d/dracut': '',
  };

  it('is asked for, with the words that answer it', () => {
    const plan = planBootOf(two);
    const reasons = plan.ok || !('reasons' in plan.error) ? [] : plan.error.reasons;
    expect(reasons.map(({ code, choices }) => [code, choices?.includes('dracut')])).toEqual([
      ['undecided-initramfs', true],
    ]);
  });

  it('is what the user says, and the plan says so', () => {
    const plan = planBootOf(two, { initramfs: 'dracut' });
    expect(plan.ok && plan.value.boot?.initramfs).toMatchObject({ used: 'dracut', isChosen: true });
  });
});

describe('what an earlier plan bound', () => {
  const before = readFolder(join(FIXTURES, 'initramfs-tools/before'));
  const linesWith = (list: string) => {
    const plan = planBootOf({ ...before, 'etc/airlock/bind.list': list });
    return plan.ok
      ? [
          plan.value.steps.flatMap(({ line }) => /^function (\S+)/.exec(line)?.[1] ?? []),
          plan.value.notes.join(' '),
        ]
      : plan.error;
  };

  it('stays on the list', () => {
    expect(linesWith('0000:00:02.0 8086:3e92 1043:87d7 030000 - vfio-pci\n')).toEqual([
      ['0000:01:00.0', '0000:01:00.1', '0000:00:02.0'],
      expect.stringContaining('0000:00:02.0 is on the list for the boot from an earlier plan'),
    ]);
  });

  it.each([
    ['another card', '0000:00:02.0 8086:9999 1043:87d7 030000 - vfio-pci\n'],
    ['no card', '0000:77:00.0 8086:3e92 1043:87d7 030000 - vfio-pci\n'],
  ])('falls out where %s is in its place, and the plan says so', (_name, list) => {
    expect(linesWith(list)).toEqual([
      ['0000:01:00.0', '0000:01:00.1'],
      expect.stringContaining('that card is not there now: it falls out'),
    ]);
  });

  it('is written once where it moves again', () => {
    expect(linesWith('0000:01:00.0 10de:2204 1043:87d7 030000 4 vfio-pci\n')).toEqual([
      ['0000:01:00.0', '0000:01:00.1'],
      expect.not.stringContaining('on the list'),
    ]);
  });
});

function planOf(files: Readonly<Record<string, string>>, words: readonly ['intel_iommu=on']): Plan {
  const plan = planBootOf(files, { arguments: words });
  if (!plan.ok) throw new Error(plan.error.message);
  return plan.value;
}
