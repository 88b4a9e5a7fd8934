import { readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { createBackend } from '../../../main/backend/backend.ts';
import { UNWATCHED, type Job } from '../../../main/backend/job-list.ts';
import { readSource } from '../../../main/backend/read-source.ts';
import { runCommandLine } from '../../../main/cli/command-line.ts';
import { AUDIO, BRIDGE, GPU } from '../../support/simulated-host/graphics-card.ts';
import { openRemoteSandbox } from '../../support/ssh-host/remote-sandbox.ts';
import { freePort, SshHost, USER } from '../../support/ssh-host/ssh-host.ts';

vi.setConfig({ testTimeout: 120_000 });

const SHIPPED = { assetsDir: join(import.meta.dirname, '../../../assets'), isInteractive: false };

describe('reading a host over SSH', () => {
  it('as root gives what the collector sees there, and leaves nothing', async () => {
    const host = await SshHost.start();
    const before = leftovers(host);
    const read = await readSource(host.name(), 'full', UNWATCHED, SHIPPED);
    if (!read.ok) throw new Error(read.error.message);
    expect(read.value.source).toMatchObject({
      kind: 'ssh',
      name: `root@127.0.0.1:${host.port}`,
      wasRoot: true,
    });
    expect(read.value.machine?.network.session).toEqual({
      localAddress: '127.0.0.1',
      interfaceName: 'lo',
    });
    expect(leftovers(host)).toEqual(before);
    await vi.waitFor(() => expect(host.programs()).toEqual([]), 10_000);
  });
});

it('the command line takes the name of a host', async () => {
  const host = await SshHost.start();
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => ((out += String(text)), true));
  const status = await runCommandLine(['groups', host.name(), '--json']);
  const document: unknown = JSON.parse(out);
  expect(status).toBeLessThan(2);
  expect(document).toMatchObject({ source: { kind: 'ssh', name: `root@127.0.0.1:${host.port}` } });
});

it('the window opens the name of a host', async () => {
  const host = await SshHost.start();
  const { assetsDir } = SHIPPED;
  const said: unknown[] = [];
  const emit = (_name: string, payload: unknown) => said.push(payload);
  const backend = createBackend({ shell: 'serve', assetsDir, version: '1', emit });
  const source = { kind: 'path', path: host.name() };
  const opened = await backend.call('host:open', { jobId: 'j', source });
  await backend.close();
  expect(opened).toMatchObject({ ok: true, value: { source: { kind: 'ssh' } } });
  expect(JSON.stringify(said)).toMatch(/Connecting to|Collecting on/);
});

it('a host with nothing but BusyBox is read', async () => {
  const { host, leftovers } = await openRemoteSandbox('BusyBox ash');
  const read = await readSource(host.name(), 'full', UNWATCHED, SHIPPED);
  if (!read.ok) throw new Error(read.error.message);
  expect(read.value.functions.map(({ bdf }) => bdf)).toEqual([BRIDGE, GPU, AUDIO]);
  expect(read.value.observedGroups).toMatchObject([{ id: '7', members: [BRIDGE, GPU, AUDIO] }]);
  expect(leftovers()).toEqual([]);
});

describe('sudo', () => {
  it('that asks for no password reads as root', async () => {
    const host = await SshHost.start({ sudoers: `${USER} ALL=(ALL) NOPASSWD: ALL` });
    const read = await readSource(host.name(USER), 'full', UNWATCHED, SHIPPED);
    expect(read.ok && read.value.source.wasRoot).toBe(true);
  });

  it.each([
    ['that asks for a password', `${USER} ALL=(ALL) ALL`, /a password is required/],
    ['without a rule', '', /a password is required/],
  ])('%s reads as the user, and says so first', async (_case, sudoers, reason) => {
    const host = await SshHost.start({ sudoers });
    const read = await readSource(host.name(USER), 'full', UNWATCHED, SHIPPED);
    if (!read.ok) throw new Error(read.error.message);
    expect(read.value.source.wasRoot).toBe(false);
    expect(read.value.problems[0]?.text).toMatch(/was read without root/);
    expect(read.value.problems[0]?.text).toMatch(reason);
  });
});

describe('a host that cannot be read', () => {
  it('with an unknown key gets no connection, and the user the line that accepts it', async () => {
    const host = await SshHost.start();
    host.know('none');
    expect(await failureOf(host.name())).toMatch(
      new RegExp(`is not known on this computer.*: ssh -p ${host.port} root@127\\.0\\.0\\.1$`),
    );
  });

  it('with another key than the known one is stopped at', async () => {
    const host = await SshHost.start();
    host.know('other');
    expect(await failureOf(host.name())).toMatch(/^Stopped: .* another computer answers/);
  });

  it('that lets the user not in', async () => {
    const host = await SshHost.start();
    host.lockOut();
    expect(await failureOf(host.name())).toMatch(/does not let you in .*Permission denied/);
  });

  it('where nothing listens', async () => {
    await SshHost.start();
    expect(await failureOf(`ssh://root@127.0.0.1:${await freePort()}`)).toMatch(
      /refused the connection: no SSH server/,
    );
  });

  it('that says nothing', async () => {
    await SshHost.start();
    const silent = createServer(() => undefined);
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void silent.close());
    const { port } = silent.address() as AddressInfo;
    expect(await failureOf(`ssh://root@127.0.0.1:${port}`)).toMatch(/did not answer in time/);
  });

  it('whose account runs no command', async () => {
    const host = await SshHost.start({ shell: '/usr/sbin/nologin' });
    expect(await failureOf(host.name(USER))).toMatch(
      /runs no command: it said "This account is currently not available\."/,
    );
  });

  it('that has no name', async () => {
    await SshHost.start();
    expect(await failureOf('ssh://root@airlock-host.invalid')).toMatch(/^No address is known/);
  });

  it('without ssh on this computer', async () => {
    vi.stubEnv('PATH', '/nonexistent');
    expect(await failureOf('ssh://root@nas')).toMatch(/ssh is not installed here/);
    vi.unstubAllEnvs();
  });
});

describe('a connection that ends in the middle of the collector', () => {
  it('by itself is said, and the collector clears up', async () => {
    const host = await SshHost.start();
    const reading = failureOf(host.name());
    await vi.waitFor(() => expect(workFolders(host)).not.toEqual([]), 60_000);
    host.drop();
    expect(await reading).toMatch(/^The connection to .* was lost/);
    await vi.waitFor(() => expect(workFolders(host)).toEqual([]), 60_000);
  });

  it('because the user cancels', async () => {
    const host = await SshHost.start();
    const controller = new AbortController();
    const job: Job = { signal: controller.signal, progress: () => undefined };
    const reading = readSource(host.name(), 'full', job, SHIPPED);
    await vi.waitFor(() => expect(workFolders(host)).not.toEqual([]), 60_000);
    controller.abort();
    expect(await reading).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await vi.waitFor(() => expect(workFolders(host)).toEqual([]), 60_000);
  });
});

it('a shell that greets does not spoil the archive', async () => {
  const host = await SshHost.start({
    forceCommand: 'echo Welcome; sh -c "$SSH_ORIGINAL_COMMAND"',
  });
  const read = await readSource(host.name(), 'grouping', UNWATCHED, SHIPPED);
  expect(read.ok).toBe(true);
});

async function failureOf(name: string): Promise<string> {
  const read = await readSource(name, 'full', UNWATCHED, SHIPPED);
  return read.ok ? 'no failure' : read.error.message;
}

function leftovers(host: SshHost): readonly string[] {
  const folders = ['/tmp', '/run', '/root', '/home', '/dev/shm', '/var/lib'];
  return folders.flatMap((folder) =>
    readdirSync(host.path(folder)).map((name) => `${folder}/${name}`),
  );
}

/** Where the collector works on the host. */
function workFolders(host: SshHost): readonly string[] {
  const folders = ['/dev/shm', '/run', '/tmp'];
  return folders.flatMap((folder) =>
    readdirSync(host.path(folder)).filter((name) => name.startsWith('airlock.')),
  );
}
