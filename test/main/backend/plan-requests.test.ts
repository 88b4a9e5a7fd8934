import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBackend, type Backend } from '../../../main/backend/backend.ts';
import { ASKED_ARGUMENTS } from '../../../main/binding/plan/step-words.ts';
import { KERNEL_ARGUMENTS } from '../../../renderer/features/plans/kernel-arguments.ts';
import type { PlanAnswer } from '../../../shared/binding.ts';
import type { Failure, Result } from '../../../shared/result.ts';
import type { HostView } from '../../../shared/view.ts';
import { unpackBootableSample } from '../../support/bootable-sample.ts';

const ASSETS = join(import.meta.dirname, '../../../assets');
const WISH = {
  addresses: [],
  overrides: [],
  timerMinutes: 10,
  isNow: false,
  isAtBoot: true,
  arguments: ['iommu=pt'],
};

let folder: string;
let backend: Backend;
let hostId: string;

beforeEach(async () => {
  const emit = () => undefined;
  backend = createBackend({ shell: 'serve', assetsDir: ASSETS, version: '1.2.3', emit });
  folder = mkdtempSync(join(tmpdir(), 'airlock-plan-'));
  unpackBootableSample(folder);
  const source = { kind: 'path', path: folder };
  const reply = await backend.call('host:open', { jobId: 'j', source });
  if (!reply.ok) throw new Error(reply.error.message);
  ({ hostId } = reply.value as HostView);
});
afterEach(async () => {
  await backend.close();
  rmSync(folder, { recursive: true });
});

const ask = async (change: object) =>
  (await backend.call('plan:make', { ...WISH, ...change, hostId })) as Result<PlanAnswer, Failure>;

describe('a plan that a window asks for', () => {
  it('may be for a kernel argument alone', async () => {
    const reply = await ask({});
    const answer = reply.ok && reply.value.kind === 'plan' ? reply.value.plan : undefined;
    expect(answer?.asked).toEqual([]);
    expect(answer?.boot?.arguments).toEqual(['iommu=pt']);
    expect(answer?.steps.map(({ line }) => line)).toContain('arguments grub absent iommu=pt');
  });

  it('has arguments beside its functions', async () => {
    const reply = await ask({ addresses: ['01:00.0'], overrides: ['01:00.0'] });
    const answer = reply.ok && reply.value.kind === 'plan' ? reply.value.plan : undefined;
    expect(answer?.boot?.arguments).toContain('iommu=pt');
    expect(answer?.moves.map(({ bdf }) => bdf)).toContain('0000:01:00.0');
  });

  it.each([
    ['nothing', { arguments: [] }, 'names no function'],
    ['an argument now', { isNow: true }, 'names no function'],
    ['an argument at no boot', { addresses: ['01:00.0'], isAtBoot: false }, 'need --boot'],
    ['another argument', { arguments: ['init=/bin/sh'] }, '"init=/bin/sh"'],
    ['another loader', { loader: 'lilo' }, '"lilo"'],
  ])('is none for %s', async (_name, change, message) => {
    const reply = await ask(change);
    expect(!reply.ok && reply.error).toMatchObject({ code: 'bad-arguments' });
    expect(!reply.ok && reply.error.message).toContain(message);
  });

  it('offers in the window what the planner takes', () => {
    expect(Object.keys(KERNEL_ARGUMENTS)).toEqual(ASKED_ARGUMENTS);
  });
});
