import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { failure, ok, type Err, type Result } from '../../shared/result.ts';
import { announced } from './skip-greeting.ts';
import { masterArguments, sharedArguments } from './ssh-command.ts';
import { explainEnding, lastWords, lost } from './ssh-failure.ts';
import type { SshFailure } from './ssh-failure-code.ts';
import { targetName, type SshTarget } from './ssh-target.ts';
import { startSsh, type SshEnding, type SshProcess } from './start-ssh.ts';

/** One command on the host. */
export interface RemoteCommand {
  /** Plain words for any login shell, none of them from outside. */
  readonly words: string;
  /** All of what it reads. */
  readonly input: string;
  readonly signal: AbortSignal;
  /** Ended after this time. */
  readonly limitMs: number;
  onData(chunk: Buffer): void;
}

export interface RemoteEnding {
  readonly status: number;
  readonly complaint: string;
}

export interface OpenOptions {
  readonly signal: AbortSignal;
  /** Whether a terminal is there on which ssh may ask for a passphrase; Airlock never does. */
  readonly isInteractive: boolean;
}

/** Without a terminal nobody is asked anything: longer than this only a stuck host takes. */
const BATCH_LIMIT_MS = 60_000;
const INTERACTIVE_LIMIT_MS = 300_000;
const CLOSING_MS = 3000;
/** A socket's path has at most 107 bytes, and ssh adds 17 to it while it makes the socket. */
const MAX_FOLDER_CHARACTERS = 60;

/**
 * One connection to a host by the system's `ssh`. Commands share it through a socket in a private
 * folder of this computer. It ends with this process, because it reads from it.
 */
export class SshConnection {
  readonly target: SshTarget;
  readonly #folder: string;
  readonly #master: SshProcess;

  static async open(
    target: SshTarget,
    options: OpenOptions,
  ): Promise<Result<SshConnection, SshFailure>> {
    const parent = tmpdir().length > MAX_FOLDER_CHARACTERS ? '/tmp' : tmpdir();
    const folder = await mkdtemp(join(parent, 'airlock-ssh-'));
    const args = masterArguments(
      target,
      join(folder, 'c'),
      announced('cat'),
      options.isInteractive,
    );
    const begun = Promise.withResolvers<'begun'>();
    const master = startSsh(args, () => undefined);
    master.child.stdout.on('data', () => {
      if (master.greeting.hasBegun) begun.resolve('begun');
    });
    const connection = new SshConnection(target, folder, master);
    const opened = await connection.#untilOpen(begun.promise, options);
    if (!opened.ok) await connection.close();
    return opened.ok ? ok(connection) : opened;
  }

  private constructor(target: SshTarget, folder: string, master: SshProcess) {
    this.target = target;
    this.#folder = folder;
    this.#master = master;
  }

  async #untilOpen(begun: Promise<'begun'>, options: OpenOptions) {
    const limitMs = options.isInteractive ? INTERACTIVE_LIMIT_MS : BATCH_LIMIT_MS;
    const outcome = await within(
      Promise.race([begun, this.#master.ended]),
      limitMs,
      options.signal,
    );
    if (outcome === 'begun') return ok(undefined);
    if (outcome === 'cancelled') return cancelled(this.target);
    return outcome === 'late' ? tooSlow(this.target) : this.#explainOpening(outcome);
  }

  #explainOpening(ending: SshEnding): Err<SshFailure> {
    if (ending.notStarted !== undefined) return notStarted(ending.notStarted);
    return ending.status === 255
      ? explainEnding(this.target, ending.complaint)
      : noShell(this.target, this.#master.greeting.greeting, ending);
  }

  /**
   * Runs a command and waits for its end.
   *
   * @returns Fails where the host could not run it; a status of the command itself is no failure.
   */
  async run(command: RemoteCommand): Promise<Result<RemoteEnding, SshFailure>> {
    const args = sharedArguments(this.target, join(this.#folder, 'c'), announced(command.words));
    if (command.signal.aborted) return cancelled(this.target);
    const ssh = startSsh(args, command.onData);
    ssh.child.stdin.end(command.input);
    const outcome = await within(ssh.ended, command.limitMs, command.signal);
    if (typeof outcome === 'string') {
      ssh.child.kill();
      return outcome === 'cancelled' ? cancelled(this.target) : tooSlow(this.target);
    }
    return this.#explainRun(ssh, outcome);
  }

  async #explainRun(ssh: SshProcess, ending: SshEnding): Promise<Result<RemoteEnding, SshFailure>> {
    const { status, complaint } = ending;
    if (ending.notStarted !== undefined) return notStarted(ending.notStarted);
    // None of our commands ends with 255: it is the end of ssh itself.
    if (status === undefined || status === 255) return this.#explainLoss(complaint);
    if (!ssh.greeting.hasBegun) return noShell(this.target, ssh.greeting.greeting, ending);
    if (status === 126 || status === 127) {
      const message = `${targetName(this.target)} lacks a program that is needed: ${lastWords(complaint)}`;
      return failure('no-command', message);
    }
    return ok({ status, complaint });
  }

  /** The `ssh` that connected knows the reason, where there is one. */
  async #explainLoss(complaint: string) {
    const outcome = await within(this.#master.ended, CLOSING_MS);
    const own = typeof outcome === 'string' ? '' : outcome.complaint;
    return lost(this.target, own || complaint);
  }

  /** Ends the connection. What was started apart from it on the host goes on. */
  async close(): Promise<void> {
    this.#master.child.stdin.end();
    if ((await within(this.#master.ended, CLOSING_MS)) === 'late') {
      this.#master.child.kill();
      if ((await within(this.#master.ended, CLOSING_MS)) === 'late') {
        this.#master.child.kill('SIGKILL');
      }
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Waits for a promise that never rejects. */
async function within<T>(
  promise: Promise<T>,
  limitMs: number,
  signal?: AbortSignal,
): Promise<T | 'late' | 'cancelled'> {
  const done = new AbortController();
  const { promise: aborted, resolve } = Promise.withResolvers<'cancelled'>();
  const onAbort = () => resolve('cancelled');
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  const late = setTimeout(limitMs, 'late' as const, { signal: done.signal }).catch(
    () => 'late' as const,
  );
  try {
    return await Promise.race([promise, aborted, late]);
  } finally {
    done.abort();
    signal?.removeEventListener('abort', onAbort);
  }
}

function cancelled(target: SshTarget) {
  return failure('cancelled' as const, `Work on ${targetName(target)} was cancelled`);
}

function tooSlow(target: SshTarget) {
  return failure('timeout' as const, `${targetName(target)} did not answer in time`);
}

function notStarted({ code, message }: NodeJS.ErrnoException) {
  const reason =
    code === 'ENOENT' ? 'the program ssh is not installed here (package openssh-client)' : message;
  return failure('no-ssh' as const, `Cannot connect: ${reason}`);
}

function noShell(target: SshTarget, greeting: string, { complaint }: SshEnding) {
  const words = lastWords(`${complaint}\n${greeting}`);
  const said = words === '' ? 'it said nothing' : `it said "${words}"`;
  const message = `${targetName(target)} lets you in and runs no command: ${said}. Airlock needs an account with a shell`;
  return failure('no-shell' as const, message);
}
