import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { refusalText, reportText, stepsText } from '../../../main/backend/binding-text.ts';
import { findHelper, helperAccess } from '../../../main/backend/helper-access.ts';
import { readThisMachine } from '../../../main/backend/this-machine.ts';
import { planText } from '../../../main/binding/plan/plan-text.ts';
import type { Host } from '../../../shared/host.ts';
import { planFor } from '../../support/plan-for.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { GPU_HOST } from '../../support/typical-hosts.ts';

describe('a plan for the running host', () => {
  it('is bound to machine and boot as the helper reads them; one from a snapshot is not', () => {
    const root = `${temporaryDirectory()}/`;
    mkdirSync(join(root, 'etc'));
    mkdirSync(join(root, 'proc/sys/kernel/random'), { recursive: true });
    writeFileSync(join(root, 'etc/machine-id'), '0123456789abcdef0123456789abcdef\n');
    const boot = '11111111-2222-4333-8444-555555555555';
    writeFileSync(join(root, 'proc/sys/kernel/random/boot_id'), `${boot}\n`);
    const live: Host = { ...GPU_HOST, source: { ...GPU_HOST.source, kind: 'live' } };
    const digest = createHash('sha256')
      .update('airlock:0123456789abcdef0123456789abcdef')
      .digest('hex');
    expect(readThisMachine(live, root)).toEqual({ machine: digest.slice(0, 32), bootId: boot });
    expect(readThisMachine(GPU_HOST, root)).toEqual({ machine: undefined, bootId: undefined });
    expect(readThisMachine(live, `${root}missing/`)).toEqual({
      machine: undefined,
      bootId: undefined,
    });
  });
});

/** No package put a helper there, whatever this machine has. */
const NOWHERE = '/nonexistent/airlock-helper';

describe('the helper', () => {
  it('of a folder that its user can write is never started as root, but shown for sudo', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(1000);
    const assets = `/home/me/it's/assets`;
    expect(await findHelper(assets, ['apply', '/tmp/my plan/steps.txt'], NOWHERE)).toMatchObject({
      ok: false,
      error: {
        code: 'not-available',
        message: `This needs administrator rights. In a terminal: sudo sh '/home/me/it'\\''s/assets/helper/airlock-helper' apply '/tmp/my plan/steps.txt'. Whoever can write to that file is root then`,
      },
    });
    expect(await findHelper(assets, ['status'], NOWHERE)).toEqual({
      ok: true,
      value: { program: 'sh', before: [`${assets}/helper/airlock-helper`] },
    });
  });

  it('is started directly by root', async () => {
    vi.spyOn(process, 'getuid').mockReturnValue(0);
    expect(await findHelper('/opt/assets', ['recover'], NOWHERE)).toEqual({
      ok: true,
      value: { program: 'sh', before: ['/opt/assets/helper/airlock-helper'] },
    });
  });

  it('is the installed one where root alone can write it, and otherwise not', async () => {
    const installed = join(temporaryDirectory(), 'airlock-helper');
    writeFileSync(installed, '');
    const programs = [];
    for (const mode of [0o755, 0o775]) {
      chmodSync(installed, mode);
      const { helper } = await helperAccess('/opt/assets', installed);
      programs.push(helper);
    }
    const isRoot = statSync(installed).uid === 0;
    const shipped = '/opt/assets/helper/airlock-helper';
    expect(programs).toEqual([isRoot ? installed : shipped, shipped]);
  });
});

describe('words for people', () => {
  it('of a refusal name the override', () => {
    const reasons = [
      { code: 'x', subjects: ['0000:01:00.0'], text: 'No', overridable: ['0000:01:00.0'] },
    ];
    expect(refusalText({ code: 'refused', message: '', reasons })).toBe(
      'No plan:\n  No\n    To do it all the same: --override 0000:01:00.0',
    );
  });

  it('of steps say each effect', () => {
    const header = {
      planId: 'a1b2c3d4e5f60718',
      machine: undefined,
      bootId: undefined,
      kernelRelease: undefined,
    };
    const steps = [{ kind: 'module', name: 'vfio-pci' }] as const;
    expect(stepsText({ ...header, steps })).toBe(
      'Plan a1b2c3d4e5f60718:\n  1. Loads the module vfio-pci where it is not loaded yet.',
    );
  });

  it('of a status name what is not as planned and the time left', () => {
    const id = '000001-a1b2c3d4e5f60718';
    const functions = [
      { bdf: '0000:01:00.0', driver: 'vfio-pci', planned: 'vfio-pci' },
      { bdf: '0000:01:00.1', driver: 'none', planned: 'vfio-pci' },
    ];
    const receipts = [{ id, state: 'applied', secondsLeft: 30, functions }];
    const report = {
      verb: 'status',
      helperStatus: 3,
      receipts,
      steps: [],
      problems: [],
      diff: [],
    } as const;
    expect(reportText({ ...report, receipts, steps: [], problems: [], diff: [] })).toBe(
      `Receipt ${id}: applied\n  given back in 30 seconds unless confirmed: airlock confirm ${id}\n  0000:01:00.0 vfio-pci\n  0000:01:00.1 none, planned vfio-pci`,
    );
  });

  it('of a status say what waits for the boot, and after it which argument is missing', () => {
    const id = '000001-a1b2c3d4e5f60718';
    const words = [
      { word: 'intel_iommu=on', isThere: true },
      { word: 'iommu=pt', isThere: false },
    ];
    const textOf = (more: object) =>
      reportText({
        verb: 'status',
        helperStatus: 0,
        receipts: [{ id, state: 'applied', functions: [], ...more }],
        steps: [],
        problems: [],
        diff: [],
      });
    expect([textOf({ waitsForBoot: true }), textOf({ arguments: words })]).toEqual([
      `Receipt ${id}: applied\n  waits for the next boot: then it is compared`,
      `Receipt ${id}: applied\n  intel_iommu=on\n  iommu=pt planned, and not on the kernel line`,
    ]);
  });

  it('of a plan cannot be bent by what a host says', () => {
    const nameOf = () => 'Card\n## What stays\n\u001b[31m<script>`rm`[x](y)';
    const plan = planFor(GPU_HOST, ['01:00.0'], { facts: { nameOf } });
    const text = plan.ok ? planText(plan.value) : '';
    expect(text).toContain('- 01:00.0 Card ## What stays [31m'.replace('[', '\\['));
    expect(text).not.toMatch(/\u001b|[^\\]<script|[^\\]\]\(/);
    expect(text.match(/^## What stays$/gm)).toHaveLength(1);
  });
});
