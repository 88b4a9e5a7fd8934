import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { BIND_CARD, BOUND, FREE, GPU } from '../../support/simulated-host/graphics-card.ts';
import {
  openHost,
  outcome,
  problems,
  putPlan,
  RECEIPT,
} from '../../support/simulated-host/open-host.ts';
import { collect, SHELLS } from '../../support/simulated-host/sandbox.ts';

vi.setConfig({ testTimeout: 120_000 });

describe.each(SHELLS)('a device in use under %s', (shell) => {
  it('is reported when its unbind blocks, and given back by itself when it is released', async () => {
    const { kernel, sandbox } = await openHost(shell);
    const gpu = kernel.functions.get(GPU);
    if (gpu) gpu.faults.unbindBlocks = true;
    const child = sandbox.startHelper(['apply', putPlan(sandbox, BIND_CARD)]);
    // The helper's own limit passes on the simulated clock.
    kernel.onWrite = ({ path }) => {
      if (path === 'nvidia/unbind') kernel.uptimeSeconds += 31;
    };
    const result = await collect(child);
    expect([outcome(result), problems(result)]).toEqual(['6 result stuck', [`in-use ${GPU}`]]);
    kernel.onWrite = () => undefined;
    kernel.release(GPU);
    while (!(await sandbox.helper('status')).stdout.includes(' undone')) await setTimeout(100);
    expect(kernel.bindings).toEqual(FREE);
  });

  it('is not taken from VFIO while a process holds its group', async () => {
    const { kernel, sandbox } = await openHost(shell);
    await sandbox.helper('apply', putPlan(sandbox, BIND_CARD));
    sandbox.write('/dev/vfio/7', '');
    const holder = sandbox.start(['/bin/sh', '-c', 'exec 5</dev/vfio/7; echo open; read -r end']);
    await new Promise((resolve) => holder.stdout?.once('data', resolve));
    const result = await sandbox.helper('undo', RECEIPT);
    expect([outcome(result), problems(result)[0]]).toEqual([
      '5 result refused',
      'in-use 0000:01:00.1',
    ]);
    expect(result.stdout).toContain(`process ${holder.pid}`);
    expect(kernel.bindings).toEqual(BOUND);
    holder.stdin?.end();
    await new Promise((resolve) => holder.once('exit', resolve));
    expect(outcome(await sandbox.helper('undo', RECEIPT))).toBe('0 result undone');
  });

  it('is not taken from VFIO while a process holds a member of its group through iommufd', async () => {
    const { kernel, sandbox } = await openHost(shell);
    await sandbox.helper('apply', putPlan(sandbox, BIND_CARD));
    sandbox.write('/dev/vfio/devices/vfio0', '');
    sandbox.write('/dev/vfio/devices/vfio1', '');
    const hold = 'exec 5</dev/vfio/devices/vfio1; echo open; read -r end';
    const holder = sandbox.start(['/bin/sh', '-c', hold]);
    await new Promise((resolve) => holder.stdout?.once('data', resolve));
    const result = await sandbox.helper('undo', RECEIPT);
    expect([outcome(result), problems(result)]).toEqual([
      '5 result refused',
      ['in-use 0000:01:00.1', `in-use ${GPU}`],
    ]);
    expect([kernel.bindings, result.stdout]).toEqual([
      BOUND,
      expect.stringContaining(`process ${holder.pid}`),
    ]);
    holder.kill();
  });

  it('is not taken from nvidia while a process has the card open: its remove would wait for ever', async () => {
    const { kernel, sandbox } = await openHost(shell);
    sandbox.write('/dev/nvidia0', '');
    const holder = sandbox.start(['/bin/sh', '-c', 'exec 5</dev/nvidia0; echo open; read -r end']);
    await new Promise((resolve) => holder.stdout?.once('data', resolve));
    const result = await sandbox.helper('apply', putPlan(sandbox, BIND_CARD));
    expect([outcome(result), problems(result)]).toEqual(['3 result refused', [`in-use ${GPU}`]]);
    expect(kernel.writes).toEqual([]);
    holder.kill();
  });

  it('is left alone by undo when somebody gave it another driver since', async () => {
    const { kernel, sandbox } = await openHost(shell);
    await sandbox.helper('apply', putPlan(sandbox, BIND_CARD));
    const gpu = kernel.functions.get(GPU);
    if (gpu) gpu.driver = 'pci-stub';
    const result = await sandbox.helper('undo', RECEIPT);
    expect([outcome(result), problems(result)]).toEqual(['5 result refused', [`changed ${GPU}`]]);
  });

  it('whose driver does not take it back is named, and recover tries again', async () => {
    const { kernel, sandbox } = await openHost(shell);
    await sandbox.helper('apply', putPlan(sandbox, BIND_CARD));
    kernel.ownedGroups.add(7);
    const result = await sandbox.helper('undo', RECEIPT);
    expect(outcome(result)).toBe('6 result stuck');
    expect(problems(result)).toEqual(['lost 0000:01:00.1', `lost ${GPU}`]);
    kernel.ownedGroups.delete(7);
    expect(outcome(await sandbox.helper('recover'))).toBe('0 result undone');
    expect(kernel.bindings).toEqual(FREE);
  });
});

describe('two helpers', () => {
  it.each(SHELLS)(
    'never work at once, and of several exactly one does, under %s',
    async (shell) => {
      const { kernel, sandbox } = await openHost(shell);
      const plan = putPlan(sandbox, BIND_CARD);
      for (let round = 0; round < 10; round += 1) {
        const results = await Promise.all([1, 2, 3, 4].map(() => sandbox.helper('apply', plan)));
        // Who waited for the winner finds the card bound.
        const statuses = results.map(({ status }) => (status === 7 ? 3 : status));
        expect(statuses.sort(), JSON.stringify(results)).toEqual([0, 3, 3, 3]);
        expect(kernel.bindings).toEqual(BOUND);
        const winner = results.find(({ status }) => status === 0)?.stdout ?? '';
        const receipt = /^receipt (\S+)/.exec(winner)?.[1] ?? '';
        expect(outcome(await sandbox.helper('undo', receipt))).toBe('0 result undone');
      }
      expect(readdirSync(join(sandbox.root, 'var/lib/airlock/lock'))).toHaveLength(1);
    },
  );

  it('do not follow each other while a write of the first is still under way', async () => {
    const { kernel, sandbox } = await openHost('dash');
    const gpu = kernel.functions.get(GPU);
    if (gpu) gpu.faults.unbindBlocks = true;
    const child = sandbox.startHelper(['apply', putPlan(sandbox, BIND_CARD)]);
    kernel.onWrite = ({ path }) => path === 'nvidia/unbind' && child.kill('SIGKILL');
    await collect(child);
    const second = await sandbox.helper('confirm', RECEIPT);
    expect([second.status, problems(second)[0]?.split(' ')[0]]).toEqual([7, 'busy']);
    kernel.release(GPU);
    expect(outcome(await sandbox.helper('recover'))).toBe('0 result undone');
    expect(kernel.bindings).toEqual(FREE);
  });
});

describe('a receipt that somebody changed', () => {
  const JOURNAL = `var/lib/airlock/receipts/${RECEIPT}/journal`;
  it.each([
    ['another command', (text: string) => text.replace('begin 3 driver', 'begin 3 reboot')],
    [
      'a path for an address',
      (text: string) => text.replace(`driver ${GPU}`, 'driver ../../../etc'),
    ],
    ['another driver', (text: string) => text.replace('vfio-pci\ndone 3', 'pcieport\ndone 3')],
    ['shell code', (text: string) => text.replace('begin 3', 'begin $(reboot)')],
    ['a step number that is a path', (text: string) => text.replace('begin 3', 'begin ../3')],
    ['another first line', (text: string) => `x${text}`],
    ['no state', (text: string) => text.replace(/^state.*\n/gm, '')],
  ])('to %s is not acted on', async (_name, tamper) => {
    const { kernel, sandbox } = await openHost('dash');
    await sandbox.helper('apply', putPlan(sandbox, BIND_CARD));
    const path = join(sandbox.root, JOURNAL);
    writeFileSync(path, tamper(readFileSync(path, 'utf8')));
    const writes = kernel.writes.length;
    const result = await sandbox.helper('undo', RECEIPT);
    expect([5, 8]).toContain(result.status);
    expect(result.stdout).toContain('damaged');
    expect([kernel.writes.length, kernel.bindings]).toEqual([writes, BOUND]);
  });

  it.each(['../../etc', '000001', '', '000001-a1b2c3d4e5f60718/..', '*'])(
    'cannot be named %s',
    async (id) => {
      const { sandbox } = await openHost('dash');
      const result = await sandbox.helper('undo', id);
      expect([result.status, problems(result)]).toEqual([8, ['no-receipt receipt']]);
    },
  );
});
