import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import type { Need } from './suites.ts';

/** Whether a program is on PATH. */
export function hasCommand(command: string, path = process.env['PATH'] ?? ''): boolean {
  return path.split(delimiter).some((folder) => isExecutable(join(folder, command)));
}

/** The needs that this machine does not meet, each package once. */
export function missingNeeds(needs: readonly Need[]): readonly Need[] {
  const missing = needs.filter(({ command }) => !isThere(command));
  return missing.filter(
    (need, at) => missing.findIndex((other) => other.package === need.package) === at,
  );
}

function isThere(command: string): boolean {
  return command.startsWith('/') ? existsSync(command) : hasCommand(command);
}

/** The line that a person can type to get the packages. */
export function installLine(needs: readonly Need[]): string {
  const sudo = process.getuid?.() === 0 ? '' : 'sudo ';
  const packages = new Set(needs.map((need) => need.package));
  return `${sudo}apt-get install ${[...packages].join(' ')}`;
}

/** What may be done about missing packages without breaking a promise to the user. */
export type Permission = 'install' | 'ask' | 'tell';

/**
 * Root on a Debian-like system without a terminal, or in CI, installs. At a terminal the user is
 * asked, because `npm test` is not expected to change a system. Everybody else is told.
 */
export function permission(system: {
  readonly isRoot: boolean;
  readonly isDebianLike: boolean;
  readonly isTerminal: boolean;
  readonly isCi: boolean;
  readonly hasSudo: boolean;
}): Permission {
  if (!system.isDebianLike) return 'tell';
  if (system.isRoot && (system.isCi || !system.isTerminal)) return 'install';
  if (system.isTerminal && !system.isCi && (system.isRoot || system.hasSudo)) return 'ask';
  return 'tell';
}

/** Gets missing packages as far as {@link permission} goes. Look at {@link missingNeeds} after. */
export async function getPackages(
  needs: readonly Need[],
  say: (line: string) => void,
): Promise<void> {
  const may = permission(thisSystem());
  if (needs.length === 0 || may === 'tell') return;
  if (may === 'ask' && !(await confirm(`Run "${installLine(needs)}"? [y/N] `))) return;
  const names = needs.map((need) => need.package);
  say(`Installing for the tests: ${names.join(', ')}`);
  // A failed update is no reason to give up: the lists may be good enough.
  apt(['update', '-qq'], say);
  if (apt([...INSTALL, ...names], say) || names.length === 1) return;
  // One package that this system does not have must not keep the others away.
  for (const name of names) apt([...INSTALL, name], say);
}

const INSTALL = ['install', '-y', '-qq', '--no-install-recommends', '--no-remove'];

function thisSystem(): Parameters<typeof permission>[0] {
  return {
    isRoot: process.getuid?.() === 0,
    isDebianLike: existsSync('/etc/debian_version') && hasCommand('apt-get'),
    isTerminal: process.stdin.isTTY && process.stdout.isTTY,
    isCi: process.env['CI'] === 'true',
    hasSudo: hasCommand('sudo'),
  };
}

/** Runs apt-get as root. Another apt-get may hold the lock for a while: wait for it. */
function apt(args: readonly string[], say: (line: string) => void): boolean {
  const program = process.getuid?.() === 0 ? [] : ['sudo'];
  program.push('env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=300');
  const [command = '', ...rest] = [...program, ...args];
  const run = spawnSync(command, rest, { encoding: 'utf8', stdio: ['inherit', 'pipe', 'pipe'] });
  if (run.status === 0) return true;
  const reason = run.error?.message ?? run.stderr.trim().split('\n').at(-1) ?? 'no reason given';
  say(`apt-get ${args[0] ?? ''} failed: ${reason}`);
  return false;
}

async function confirm(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
