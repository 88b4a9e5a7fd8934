import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openHost, problems } from '../../support/simulated-host/open-host.ts';
import {
  BREAKING,
  HOOK_TEXT,
  SMALL_PLAN,
  WHOLE_TEXT,
} from '../../support/simulated-host/plan-texts.ts';
import { collect, SHELLS } from '../../support/simulated-host/sandbox.ts';

vi.setConfig({ testTimeout: 180_000 });

describe.each(SHELLS)('the grammar under %s', (shell) => {
  it('refuses each plan that breaks one of its rules, and says nothing of its content', async () => {
    const { kernel, sandbox } = await openHost(shell);
    for (const [name, text] of BREAKING) {
      sandbox.write('/plan', text);
      const result = await sandbox.helper('apply', '/plan');
      expect([name, result.status, problems(result).length]).toEqual([name, 2, 1]);
    }
    expect(kernel.writes).toEqual([]);
  });

  it('accepts each kind of step', async () => {
    const { sandbox } = await openHost(shell);
    for (const text of [SMALL_PLAN, WHOLE_TEXT, HOOK_TEXT]) {
      sandbox.write('/plan', text);
      // Status 3: it was read, and the host is another one.
      expect((await sandbox.helper('check', '/plan')).status).toBe(3);
    }
  });

  it('reads a plan from standard input', async () => {
    const { sandbox } = await openHost(shell);
    const child = sandbox.startHelper(['check', '-']);
    child.stdin?.end(SMALL_PLAN.replace('end 4', 'end 5'));
    expect((await collect(child)).status).toBe(2);
  });

  it('reads no line of a file that is no plan', async () => {
    const { sandbox } = await openHost(shell);
    sandbox.write('/secret', 'root:$6$hash:19000\n');
    sandbox.write('/half', 'airlock-steps/1\nhunter2\n');
    for (const path of ['/secret', '/half', '/var', '/dev/null', '/none']) {
      const { status, stdout, stderr } = await sandbox.helper('apply', path);
      expect([path, status, /hash|hunter2/.test(stdout + stderr)]).toEqual([path, 2, false]);
    }
  });
});

describe('rights', () => {
  it('are asked for before anything is read, but for status', async () => {
    const { sandbox } = await openHost('dash');
    sandbox.write('/plan', SMALL_PLAN);
    const nobody = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
    for (const args of [
      ['check', '/plan'],
      ['apply', '/plan'],
      ['undo', 'x'],
      ['recover'],
      ['confirm', 'x'],
    ]) {
      const result = await sandbox.run([...nobody, '/usr/libexec/airlock/airlock-helper', ...args]);
      expect([args[0], result.status, problems(result)]).toEqual([args[0], 8, ['not-root helper']]);
    }
    const status = await sandbox.run([...nobody, '/usr/libexec/airlock/airlock-helper', 'status']);
    expect([status.status, status.stdout]).toEqual([0, '']);
  });

  it("of the folder of receipts are root's own or nothing is done", async () => {
    const { sandbox } = await openHost('dash');
    sandbox.write('/plan', SMALL_PLAN);
    mkdirSync(join(sandbox.root, 'var/lib/airlock'), { mode: 0o777 });
    await sandbox.run(['/bin/chmod', '777', '/var/lib/airlock']);
    const result = await sandbox.helper('apply', '/plan');
    expect([result.status, problems(result)[0]]).toEqual([8, 'untrusted /var/lib/airlock/lock']);
  });
});
