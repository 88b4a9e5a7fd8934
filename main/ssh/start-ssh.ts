import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { GreetingSkipper } from './skip-greeting.ts';

/** How an `ssh` ended. */
export interface SshEnding {
  /** 255 for an end of ssh itself; `undefined` when it was killed or could not be started. */
  readonly status: number | undefined;
  /** The last of what came on standard error, from ssh and from the host. */
  readonly complaint: string;
  readonly notStarted?: NodeJS.ErrnoException;
}

/** One running `ssh`. */
export interface SshProcess {
  readonly child: ChildProcessWithoutNullStreams;
  readonly greeting: GreetingSkipper;
  /** Never rejects. */
  readonly ended: Promise<SshEnding>;
}

const COMPLAINT_CHARACTERS = 4000;

/**
 * Starts the `ssh` that PATH finds, with the user's keys, configuration and known hosts.
 *
 * @param onData - Gets what the host writes after its greeting.
 */
export function startSsh(args: readonly string[], onData: (chunk: Buffer) => void): SshProcess {
  // Its messages are told apart by their English words.
  const child = spawn('ssh', args, { env: { ...process.env, LC_ALL: 'C' } });
  const greeting = new GreetingSkipper();
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const rest = greeting.pass(chunk);
    if (rest.length > 0) onData(rest);
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk.toString()).slice(-COMPLAINT_CHARACTERS);
  });
  // A host that went away is seen by the status; what could not be written to it says no more.
  child.stdin.on('error', () => undefined);
  const { promise, resolve } = Promise.withResolvers<SshEnding>();
  child.once('error', (notStarted) => resolve({ status: undefined, complaint, notStarted }));
  child.once('close', (status) => resolve({ status: status ?? undefined, complaint }));
  return { child, greeting, ended: promise };
}
