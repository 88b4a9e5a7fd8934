import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openHost } from '../simulated-host/open-host.ts';
import type { ShellName } from '../simulated-host/sandbox.ts';
import { SshHost } from './ssh-host.ts';

/**
 * A simulated host behind a real sshd: every command runs in the sandbox, under its shell and with
 * its programs only.
 */
export async function openRemoteSandbox(shell: ShellName, storage?: 'memory' | 'disk') {
  const { kernel, sandbox } = await openHost(shell, storage);
  const inside = sandbox.start(['/bin/sh', '-c', 'read -r end']);
  onTestFinished(() => void inside.kill());
  const enter = `exec nsenter --mount=/proc/${inside.pid}/ns/mnt chroot ${sandbox.root}`;
  const host = await SshHost.start({
    forceCommand: `${enter} /bin/sh -c "$SSH_ORIGINAL_COMMAND"`,
  });
  const leftovers = () =>
    ['run', 'tmp'].flatMap((folder) => readdirSync(join(sandbox.root, folder)));
  return { kernel, sandbox, host, leftovers };
}
