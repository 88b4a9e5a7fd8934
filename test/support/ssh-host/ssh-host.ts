import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { SshTarget } from '../../../main/ssh/ssh-target.ts';
import { endProcess, processesBelow } from './processes.ts';

/** An account without root's rights. */
export const USER = 'airlock-guest';

export interface HostOptions {
  /** Rules of sudo for {@link USER}. */
  readonly sudoers?: string;
  /** Login shell of {@link USER}. */
  readonly shell?: string;
  /** What sshd runs in place of what was asked, which is in `SSH_ORIGINAL_COMMAND`. */
  readonly forceCommand?: string;
}

/**
 * A real sshd on loopback, on a free port, with host keys and accounts of its own. It runs in a
 * mount namespace in which `/etc` is a copy and the folders of {@link MOUNTS} are empty, so that the
 * machine is left alone and what stays behind is seen. Needs root.
 */
export class SshHost {
  readonly port: number;
  readonly #folder: string;
  readonly #sshd: ChildProcess;

  /** Starts one that is gone after the test, and makes the `ssh` of PATH know it and its key. */
  static async start(options: HostOptions = {}): Promise<SshHost> {
    const folder = mkdtempSync('/var/tmp/airlock-sshd-');
    chmodSync(folder, 0o755);
    const port = await freePort();
    for (const name of ['host', 'client', 'other']) makeKey(join(folder, name));
    writeFileSync(join(folder, 'sshd.conf'), serverConfig(folder, port, options));
    plantAccounts(folder, options);
    const sshd = spawn('unshare', ['-m', '--propagation', 'private', 'sh', '-c', MOUNTS], {
      env: { PATH: process.env.PATH, F: folder },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const host = new SshHost(folder, port, sshd);
    onTestFinished(() => host.#close());
    await untilListening(sshd);
    host.#plantClient();
    return host;
  }

  private constructor(folder: string, port: number, sshd: ChildProcess) {
    this.#folder = folder;
    this.port = port;
    this.#sshd = sshd;
  }

  target(user = 'root'): SshTarget {
    return { user, host: '127.0.0.1', port: this.port };
  }

  /** As a person writes it. */
  name(user = 'root'): string {
    return `ssh://${user}@127.0.0.1:${this.port}`;
  }

  /** A path as the host sees it. */
  path(path: string): string {
    return join(`/proc/${this.#sshd.pid}/root`, path);
  }

  /** Makes this computer know another key, or none, as the one of the host. */
  know(key: 'host' | 'other' | 'none'): void {
    const line = key === 'none' ? '' : readFileSync(join(this.#folder, `${key}.pub`), 'utf8');
    const known = line === '' ? '' : `[127.0.0.1]:${this.port} ${line}`;
    writeFileSync(join(this.#folder, 'known_hosts'), known);
  }

  /** Takes the user's key away. */
  lockOut(): void {
    writeFileSync(join(this.#folder, 'authorized_keys'), '');
  }

  /** Cuts every connection, as a power cut on the way does: what runs for it is not told. */
  drop(): void {
    for (const { pid, name } of processesBelow(this.#sshd.pid ?? 0)) {
      if (name === 'sshd') endProcess(pid);
    }
  }

  /** Names of the programs that run for connections. */
  programs(): readonly string[] {
    return processesBelow(this.#sshd.pid ?? 0).map(({ name }) => name);
  }

  async #close(): Promise<void> {
    this.drop();
    const ended = new Promise((resolve) => this.#sshd.once('exit', resolve));
    if (this.#sshd.exitCode === null && this.#sshd.kill()) await ended;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** An `ssh` first in PATH that has the configuration of the test for the user's own. */
  #plantClient(): void {
    const at = (name: string) => join(this.#folder, name);
    writeFileSync(
      at('client.conf'),
      `Host *
IdentityFile ${at('client')}
IdentitiesOnly yes
UserKnownHostsFile ${at('known_hosts')}
GlobalKnownHostsFile /dev/null
`,
    );
    mkdirSync(at('bin'));
    const script = `#!/bin/sh\nexec /usr/bin/ssh -F ${at('client.conf')} "$@"\n`;
    writeFileSync(at('bin/ssh'), script, { mode: 0o755 });
    vi.stubEnv('PATH', `${at('bin')}:${process.env.PATH}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    this.know('host');
  }
}

const MOUNTS = `
set -e
mount --bind "$F/etc" /etc
for folder in /dev/shm /run /root /home /tmp /var/lib; do mount -t tmpfs -o mode=755 tmpfs $folder; done
chmod 1777 /tmp /dev/shm
mkdir -m 755 /run/sshd
mkdir -m 700 /home/${USER}
chown ${USER}: /home/${USER}
exec /usr/sbin/sshd -D -e -f "$F/sshd.conf"
`;

function serverConfig(folder: string, port: number, { forceCommand }: HostOptions): string {
  const force = forceCommand === undefined ? '' : `ForceCommand ${forceCommand}\n`;
  return `ListenAddress 127.0.0.1
Port ${port}
HostKey ${folder}/host
AuthorizedKeysFile ${folder}/authorized_keys
StrictModes no
PidFile none
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
${force}`;
}

function plantAccounts(folder: string, { sudoers, shell }: HostOptions): void {
  const etc = join(folder, 'etc');
  spawnSync('cp', ['-a', '/etc', etc]);
  const add = (file: string, line: string) =>
    writeFileSync(join(etc, file), `${line}\n`, { flag: 'a' });
  add('passwd', `${USER}:x:4242:4242::/home/${USER}:${shell ?? '/bin/sh'}`);
  add('group', `${USER}:x:4242:`);
  add('shadow', `${USER}:*:19000:0:99999:7:::`);
  writeFileSync(join(etc, 'sudoers'), `Defaults env_reset\n${sudoers ?? ''}\n`, { mode: 0o440 });
  writeFileSync(join(folder, 'authorized_keys'), readFileSync(join(folder, 'client.pub')));
}

function makeKey(path: string): void {
  const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', path]);
  if (made.status !== 0) throw new Error(`ssh-keygen failed: ${made.stderr.toString()}`);
}

/** A port that nobody has. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function untilListening(sshd: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let said = '';
  sshd.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
    if (said.includes('Server listening')) resolve();
  });
  sshd.once('exit', () => reject(new Error(`sshd did not start (needs root): ${said}`)));
  await promise;
}
