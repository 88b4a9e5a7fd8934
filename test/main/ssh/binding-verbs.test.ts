import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { formatSteps } from '../../../main/binding/plan/format-steps.ts';
import { runCommandLine } from '../../../main/cli/command-line.ts';
import { helperReportSchema } from '../../../shared/helper-report.ts';
import { planSchema } from '../../../shared/plan.ts';
import { BIND_CARD, BOUND, FREE, GPU } from '../../support/simulated-host/graphics-card.ts';
import { PLAN_ID, RECEIPT } from '../../support/simulated-host/open-host.ts';
import { plant } from '../../support/simulated-host/sandbox.ts';
import { openRemoteSandbox } from '../../support/ssh-host/remote-sandbox.ts';
import { SshHost, USER } from '../../support/ssh-host/ssh-host.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

vi.setConfig({ testTimeout: 120_000 });

let out: string;
let complaints: string;

beforeEach(() => {
  out = '';
  complaints = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, 'write').mockImplementation(
    (text) => ((complaints += String(text)), true),
  );
});

describe.each(['BusyBox ash', 'dash'] as const)('airlock on a host with %s', (shell) => {
  it('applies, confirms, undoes and shows the status as on this host', async () => {
    const { kernel, host, leftovers } = await openRemoteSandbox(shell);
    expect(await airlock('apply', planFolder(), host.name())).toBe(0);
    expect(complaints).toContain('step 1 of ');
    expect(out).toContain(`airlock undo ${RECEIPT} ${host.name()} takes it back`);
    expect(kernel.bindings).toEqual(BOUND);
    expect(await airlock('status', host.name())).toBe(0);
    expect(out).toContain(`Receipt ${RECEIPT}: applied`);
    expect(await airlock('status', RECEIPT, host.name(), '--json')).toBe(0);
    expect(helperReportSchema.parse(JSON.parse(out)).receipts[0]?.functions[0]).toEqual({
      bdf: GPU,
      driver: 'vfio-pci',
      planned: 'vfio-pci',
    });
    expect(await airlock('confirm', RECEIPT, host.name())).toBe(0);
    expect(await airlock('undo', RECEIPT, host.name())).toBe(0);
    expect(kernel.bindings).toEqual(FREE);
    expect(await airlock('recover', host.name())).toBe(0);
    expect(leftovers()).toEqual([]);
  });

  it('says what to do when the connection drops in the middle', async () => {
    const { kernel, host } = await openRemoteSandbox(shell);
    kernel.onWrite = ({ path }) => path === 'nvidia/unbind' && host.drop();
    expect(await airlock('apply', planFolder(), host.name())).toBe(2);
    expect(complaints).toMatch(/it finishes, or gives everything back\. Connect again/);
    await vi.waitFor(() => expect(kernel.bindings).toEqual(BOUND), 30_000);
    await vi.waitFor(async () => expect(await airlock('status', host.name())).toBe(0), {
      timeout: 30_000,
      interval: 200,
    });
    expect(out).toContain(`Receipt ${RECEIPT}: applied`);
  });

  it('ends with 1 where the host is not as planned', async () => {
    const { kernel, host } = await openRemoteSandbox(shell);
    await airlock('apply', planFolder(), host.name());
    const gpu = kernel.functions.get(GPU);
    if (gpu) gpu.driver = 'nvidia';
    expect(await airlock('status', host.name())).toBe(1);
    expect(out).toContain(`${GPU} nvidia, planned vfio-pci`);
  });
});

it('plans the boot of a host over SSH from its files byte for byte, and applies it', async () => {
  const { sandbox, host } = await openRemoteSandbox('dash', 'disk');
  sandbox.write('/etc/kernel/postinst.d/initramfs-tools', '');
  sandbox.write('/usr/share/initramfs-tools/scripts/init', '');
  sandbox.write('/etc/initramfs-tools/hooks/other', '');
  sandbox.write('/etc/initramfs-tools/scripts/init-top/udev', '');
  sandbox.write('/etc/systemd/system/other.service', '');
  sandbox.write('/etc/airlock/bind.list', 'left by an admin at 10.1.2.3\n');
  mkdirSync(join(sandbox.root, 'run/systemd/system'), { recursive: true });
  plant(sandbox.root, 'update-initramfs', 'echo "$@" >/built');
  const folder = join(temporaryDirectory(), 'plan');
  const planned = await airlock('plan', '01:00.0', '--boot', '--out', folder, host.name());
  expect([planned, out]).toEqual([0, '']);
  const plan = planSchema.parse(JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8')));
  expect(plan.boot).toMatchObject({ initramfs: { used: 'initramfs-tools' }, isExact: true });
  expect(await airlock('apply', folder, host.name())).toBe(0);
  const read = (path: string) => readFileSync(join(sandbox.root, path), 'utf8');
  expect(read('built')).toBe('-u -k all\n');
  expect(read('etc/airlock/bind.list')).toContain(`${GPU} 10de:2204`);
  expect(await airlock('undo', `000001-${plan.id}`, host.name())).toBe(0);
  expect(read('etc/airlock/bind.list')).toBe('left by an admin at 10.1.2.3\n');
});

it('an account without root is told what would help, and may look', async () => {
  const host = await SshHost.start({ sudoers: `${USER} ALL=(ALL) ALL` });
  expect(await airlock('apply', planFolder(), host.name(USER))).toBe(2);
  expect(complaints).toMatch(/needs root on .* connect as root, or let sudo run sh there/);
  expect(await airlock('status', host.name(USER))).toBe(0);
  expect(out).toBe('There are no receipts on this host\n');
});

async function airlock(...args: readonly string[]): Promise<number> {
  out = '';
  return runCommandLine(args);
}

function planFolder(): string {
  const header = { planId: PLAN_ID, machine: undefined, bootId: undefined };
  const text = formatSteps({ ...header, kernelRelease: undefined, steps: BIND_CARD });
  if (!text.ok) throw new Error(text.error.message);
  const folder = temporaryDirectory();
  writeFileSync(join(folder, 'steps.txt'), text.value);
  return folder;
}
