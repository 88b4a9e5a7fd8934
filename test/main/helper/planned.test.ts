import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { planFiles } from '../../../main/binding/plan/plan-files.ts';
import type { Plan } from '../../../shared/plan.ts';
import { readFolder } from '../../support/boot-tree.ts';
import { makeHost } from '../../support/host-notation.ts';
import { machine } from '../../support/machine.ts';
import { planBootOf } from '../../support/plan-boot-of.ts';
import { planFor } from '../../support/plan-for.ts';
import { fn, port } from '../../support/typical-hosts.ts';
import { AUDIO, BOUND, FREE, GPU } from '../../support/simulated-host/graphics-card.ts';
import { openHost, outcome, problems } from '../../support/simulated-host/open-host.ts';
import { plant, SHELLS, type Sandbox } from '../../support/simulated-host/sandbox.ts';

vi.setConfig({ testTimeout: 60_000 });

/** What a reader would say of the simulated host. */
const HOST = makeHost({
  functions: [
    port('00:01.0', 1),
    fn('01:00.0', 0x030000, 'nvidia', {
      ids: [0x10de, 0x2204],
      below: '00:01.0',
      multifunction: true,
      facts: { physicalSlot: '4' },
    }),
    fn('01:00.1', 0x040300, 'snd_hda_intel', {
      ids: [0x10de, 0x1aef],
      below: '00:01.0',
      multifunction: true,
      facts: { physicalSlot: '4' },
    }),
  ],
  observed: { '7': ['00:01.0', '01:00.0', '01:00.1'] },
  machine: machine(),
});

/** The kernel of the sandbox is the one that runs the tests. */
const RELEASE = readFileSync('/proc/sys/kernel/osrelease', 'utf8').trim();

function plan(bootId: string): Plan {
  const made = planFor({ ...HOST, kernelRelease: RELEASE }, ['01:00.0'], { facts: { bootId } });
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

function putFolder(sandbox: Sandbox, made: Plan): void {
  for (const { name, content, isExecutable } of planFiles(made)) {
    sandbox.write(`/plan/${name}`, content, isExecutable ? 0o755 : 0o644);
  }
}

describe.each(SHELLS)('a plan of the planner under %s', (shell) => {
  it('is accepted, carried out and undone by its own scripts', async () => {
    const { kernel, sandbox } = await openHost(shell);
    const made = plan(kernel.bootId);
    putFolder(sandbox, made);
    expect(outcome(await sandbox.helper('check', '/plan/steps.txt'))).toBe('0 result ready');
    const sh = shell === 'BusyBox ash' ? ['/bin/busybox', 'ash'] : [`/bin/${shell}`];
    const early = await sandbox.run([...sh, '/plan/undo.sh']);
    expect([early.status, early.stderr]).toEqual([
      1,
      `Plan ${made.id} was never carried out on this host: there is nothing to undo.\n`,
    ]);
    const done = await sandbox.run([...sh, '/plan/do.sh']);
    expect([done.stderr, outcome(done), kernel.bindings]).toEqual(['', '0 result applied', BOUND]);
    const undone = await sandbox.run([...sh, '/plan/undo.sh']);
    expect([undone.stderr, outcome(undone), kernel.bindings]).toEqual([
      '',
      '0 result undone',
      FREE,
    ]);
  });
});

describe('a plan of the planner', () => {
  it('from a snapshot with replaced names is refused where a file says something else', async () => {
    const { kernel, sandbox } = await openHost('dash', 'disk');
    mkdirSync(join(sandbox.root, 'etc/systemd/system'), { recursive: true });
    plant(sandbox.root, 'sdbootutil', 'echo built >>/built');
    const line = '/etc/kernel/cmdline';
    sandbox.write(line, 'root=UUID=x rw quiet ip=nas.example.org\n');
    const seen = readFolder(join(import.meta.dirname, '../../fixtures/boot/sdbootutil/before'));
    const replaced = { ...seen, 'etc/kernel/cmdline': 'root=UUID=x rw quiet ip=host-1\n' };
    const wish = { addresses: [], arguments: ['iommu=pt'] } as const;
    const host = { ...HOST, kernelRelease: RELEASE };
    const made = planBootOf(replaced, wish, host, false);
    if (!made.ok) throw new Error(made.error.message);
    expect(planFiles(made.value).find(({ name }) => name === 'plan.md')?.content).toContain(
      'The files were read from a snapshot in which names have been replaced',
    );
    putFolder(sandbox, made.value);
    const refused = await sandbox.helper('apply', '/plan/steps.txt');
    expect([outcome(refused), problems(refused)]).toEqual([
      '3 result refused',
      [`stale-file ${line}`],
    ]);
    expect(existsSync(join(sandbox.root, 'built'))).toBe(false);
    expect(kernel.bindings).toEqual(FREE);
    // It is that file alone: planned from the host's own text it is carried out.
    const own = { ...seen, 'etc/kernel/cmdline': readFileSync(join(sandbox.root, line), 'utf8') };
    const fitting = planBootOf(own, wish, host);
    if (!fitting.ok) throw new Error(fitting.error.message);
    putFolder(sandbox, fitting.value);
    expect(outcome(await sandbox.helper('apply', '/plan/steps.txt'))).toBe('0 result applied');
  });

  it('is refused after a reboot, and where another card is in the slot', async () => {
    const { kernel, sandbox } = await openHost('dash');
    putFolder(sandbox, plan(kernel.bootId));
    const gpu = kernel.functions.get(GPU);
    if (gpu === undefined) throw new Error('No GPU');
    gpu.ids = '1002:73bf';
    const moved = await sandbox.helper('apply', '/plan/steps.txt');
    kernel.reboot();
    const stale = await sandbox.helper('apply', '/plan/steps.txt');
    expect([problems(moved), problems(stale)]).toEqual([[`moved ${GPU}`], ['rebooted plan']]);
    expect(kernel.functions.get(AUDIO)?.driver).toBe('snd_hda_intel');
  });

  it('says what to do where there is no helper, and takes the one beside it', async () => {
    const { kernel, sandbox } = await openHost('dash');
    putFolder(sandbox, plan(kernel.bootId));
    const installed = join(sandbox.root, 'usr/libexec/airlock');
    mkdirSync(join(sandbox.root, 'aside'));
    cpSync(join(installed, 'airlock-helper'), join(sandbox.root, 'aside/airlock-helper'));
    await sandbox.run(['/bin/rm', '/usr/libexec/airlock/airlock-helper']);
    const missing = await sandbox.run(['/bin/dash', '/plan/do.sh']);
    expect([missing.status, missing.stderr]).toEqual([
      1,
      expect.stringContaining('copy airlock-helper'),
    ]);
    cpSync(join(sandbox.root, 'aside/airlock-helper'), join(sandbox.root, 'plan/airlock-helper'));
    chmodSync(join(sandbox.root, 'plan/airlock-helper'), 0o644);
    expect(outcome(await sandbox.run(['/bin/dash', '/plan/do.sh']))).toBe('0 result applied');
    expect(kernel.bindings).toEqual(BOUND);
  });

  it('has scripts that shellcheck finds nothing in', () => {
    const scripts = planFiles(plan('11111111-2222-4333-8444-555555555555')).filter(({ name }) =>
      name.endsWith('.sh'),
    );
    for (const { content } of scripts) {
      const checked = spawnSync('shellcheck', ['-'], { input: content, encoding: 'utf8' });
      expect([checked.status, checked.stdout]).toEqual([0, '']);
    }
    expect(scripts).toHaveLength(2);
  });
});
