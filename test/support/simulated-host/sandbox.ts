import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { FuseServer } from './fuse-server.ts';
import type { SimulatedKernel } from './simulated-kernel.ts';

/** The shells and tools that hosts have. `BusyBox ash` has no program besides BusyBox. */
export const SHELLS = ['dash', 'BusyBox ash', 'bash'] as const;
export type ShellName = (typeof SHELLS)[number];

const HELPER_FOLDER = join(import.meta.dirname, '../../../assets/helper');
/** Where the helper lies inside: what a package would install. */
export const HELPER = '/usr/libexec/airlock/airlock-helper';

/** What a run of a program inside ended with. */
export interface RunResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A root file system of its own for one shell, in a mount namespace of its own, over a simulated
 * kernel: the helper runs in it unchanged, byte for byte, with its real paths. Its `/sys`, the
 * clock and the boot id are the simulator's; `/etc` and `/var` are empty folders; the system's
 * programs are there, read only. Needs root, for mounts.
 */
export class Sandbox {
  /** The root of the sandbox as this process sees it. */
  readonly root: string;
  readonly server: FuseServer;
  readonly #holder: ChildProcess;
  readonly #shell: ShellName;

  /**
   * @param storage - `memory` is fast: nothing waits for a disk. On `disk` the helper accepts boot
   *   changes, whose receipts have to survive.
   */
  static async open(
    kernel: SimulatedKernel,
    shell: ShellName,
    storage: 'memory' | 'disk' = 'memory',
  ): Promise<Sandbox> {
    const root = mkdtempSync(
      join(storage === 'memory' ? '/dev/shm' : '/var/tmp', 'airlock-sandbox-'),
    );
    plantRoot(root, shell);
    const server = await FuseServer.open(kernel.tree());
    const holder = spawn('unshare', ['-m', '--propagation', 'private', 'sh', '-c', MOUNTS], {
      env: { PATH: process.env.PATH, R: root, FOLDERS: hostFolders(shell).join(' ') },
      stdio: ['pipe', 'pipe', 'pipe', server.fd],
    });
    await untilReady(holder);
    return new Sandbox(root, server, holder, shell);
  }

  private constructor(root: string, server: FuseServer, holder: ChildProcess, shell: ShellName) {
    this.root = root;
    this.server = server;
    this.#holder = holder;
    this.#shell = shell;
  }

  /** Starts a program inside. Its process id is the program's own: nothing stands in between. */
  start(command: readonly string[], prefix: readonly string[] = []): ChildProcess {
    const whole = [...prefix, ...this.#inside(), ...command];
    return spawn(whole[0] ?? '', whole.slice(1), {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
      cwd: '/',
    });
  }

  /** Starts the helper under this sandbox's shell. */
  startHelper(args: readonly string[], prefix: readonly string[] = []): ChildProcess {
    return this.start([...shellCommand(this.#shell), HELPER, ...args], prefix);
  }

  /** How the helper is started inside, for what starts it itself. */
  helperCommand(): { readonly program: string; readonly before: readonly string[] } {
    const [program = '', ...before] = this.#inside();
    return { program, before: [...before, ...shellCommand(this.#shell), HELPER] };
  }

  #inside(): readonly string[] {
    return ['nsenter', `--mount=/proc/${this.#holder.pid}/ns/mnt`, 'chroot', this.root];
  }

  /** Runs the helper to its end. */
  async helper(...args: readonly string[]): Promise<RunResult> {
    return collect(this.startHelper(args));
  }

  /** Runs any program inside to its end. */
  async run(command: readonly string[]): Promise<RunResult> {
    return collect(this.start(command));
  }

  /** Shows a folder of this machine inside, read only. */
  show(folder: string, path: string): void {
    const place = join(this.root, path);
    mkdirSync(place, { recursive: true });
    const words = [`--mount=/proc/${this.#holder.pid}/ns/mnt`, 'mount', '--bind', '-o', 'ro'];
    const { status, stderr } = spawnSync('nsenter', [...words, folder, place], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(`Cannot show ${folder} in a sandbox: ${stderr}`);
  }

  write(path: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    writeFileSync(join(this.root, path), text);
    chmodSync(join(this.root, path), mode);
  }

  /** Ends everything that runs inside, as a crash of all of it would. */
  async killInside(): Promise<void> {
    // A process that is just being forked is in no list: it is in the next one.
    for (let quiet = 0; quiet < 3; await setTimeout(10)) {
      const pids = processesBelow(this.root);
      quiet = pids.length === 0 ? quiet + 1 : 0;
      for (const pid of pids) endProcess(pid);
    }
  }

  /** The command lines of what runs inside, words parted by blanks. */
  commandLines(): readonly string[] {
    return processesBelow(this.root).map((pid) => commandLineOf(pid).replaceAll('\0', ' '));
  }

  /** Ends what still runs inside, takes the mounts down and removes the folder. */
  async close(): Promise<void> {
    await this.killInside();
    const ended = new Promise((resolve) => this.#holder.once('exit', resolve));
    this.#holder.stdin?.end();
    await ended;
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** Waits for the end of a program and collects what it said. */
export function collect(child: ChildProcess): Promise<RunResult> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  // `exit`, not `close`: a blocked write of a killed helper keeps the pipes open.
  const { promise, resolve, reject } = Promise.withResolvers<RunResult>();
  child.once('error', reject);
  child.once('exit', (status) => setImmediate(() => resolve({ status, stdout, stderr })));
  return promise;
}

/** Runs as long as its standard input is open; the mounts end with it. */
const MOUNTS = `
set -e
mount --bind "$R" "$R"
mount -i -t fuse -o fd=3,rootmode=040000,user_id=0,group_id=0 airlock-simulator "$R/simulator"
exec 3>&-
mount --bind "$R/simulator/sys" "$R/sys"
mount -t proc proc "$R/proc"
mount --bind "$R/simulator/uptime" "$R/proc/uptime"
mount --bind "$R/kernel-line" "$R/proc/cmdline"
mount --bind "$R/simulator/boot_id" "$R/proc/sys/kernel/random/boot_id"
mount --bind /dev/null "$R/dev/null"
for folder in $FOLDERS; do
  mount --bind -o ro "/$folder" "$R/$folder"
done
echo ready
read -r end || :
`;

/** What of the host is seen inside, read only. */
function hostFolders(shell: ShellName): readonly string[] {
  const libraries = readdirSync('/usr/lib').filter((name) => name.endsWith('-linux-gnu'));
  const programs = shell === 'BusyBox ash' ? [] : ['usr/bin', 'etc/alternatives'];
  return ['usr/lib64', ...libraries.map((name) => `usr/lib/${name}`), ...programs];
}

function plantRoot(root: string, shell: ShellName): void {
  const own = ['dev', 'etc', 'proc', 'run', 'simulator', 'sys', 'tmp', 'usr/bin', 'usr/sbin'];
  for (const path of [...own, 'var/lib', ...hostFolders(shell)]) {
    mkdirSync(join(root, path), { recursive: true });
  }
  for (const name of ['bin', 'sbin', 'lib', 'lib64']) symlinkSync(`usr/${name}`, join(root, name));
  writeFileSync(join(root, 'dev/null'), '');
  writeFileSync(join(root, 'kernel-line'), 'quiet\n');
  cpSync(HELPER_FOLDER, join(root, dirname(HELPER)), { recursive: true });
  chmodSync(root, 0o755);
  if (shell === 'BusyBox ash') plantBusybox(root);
  const load = 'case $word in -* | *=*) ;; *) echo "$word" >/sys/modprobe ;; esac';
  const unload = 'for word do echo "$word" >/sys/rmmod; done';
  plant(
    root,
    'modprobe',
    `if [ "$1" = -r ]; then shift; ${unload}; else for word do ${load}; done; fi`,
  );
}

/** Puts a program of a few lines where the helper looks first. */
export function plant(root: string, name: string, code: string): void {
  writeFileSync(join(root, 'usr/sbin', name), `#!/bin/sh\n${code}\n`, { mode: 0o755 });
}

function plantBusybox(root: string): void {
  const busybox = ['/bin/busybox', '/usr/bin/busybox'].find((path) => existsSync(path));
  if (busybox === undefined) throw new Error('busybox is not installed: apt-get install busybox');
  cpSync(busybox, join(root, 'usr/bin/busybox'), { dereference: true });
  const applets = spawnSync(busybox, ['--list'], { encoding: 'utf8' }).stdout.split('\n');
  for (const name of applets.filter((applet) => applet !== '' && applet !== 'busybox')) {
    symlinkSync('busybox', join(root, 'usr/bin', name));
  }
}

/** How the shell is started inside. */
export function shellCommand(shell: ShellName): readonly string[] {
  return shell === 'BusyBox ash' ? ['/bin/busybox', 'ash'] : [`/bin/${shell}`];
}

async function untilReady(holder: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let errors = '';
  holder.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  holder.stdout?.once('data', () => resolve());
  holder.once('exit', () =>
    reject(new Error(`Cannot mount a sandbox (needs root and /dev/fuse): ${errors.trim()}`)),
  );
  await promise;
}

/** Processes whose root is the sandbox: timers, and what a killed helper left. */
function processesBelow(root: string): readonly number[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => rootOf(pid) === root).map(Number);
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It may have ended by itself since it was listed.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return 'ended';
  }
}

/** The root of a process; undefined when it is gone by now. */
function rootOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/root`);
  } catch {
    return undefined;
  }
}
