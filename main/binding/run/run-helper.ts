import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import { parseHelperLine, type HelperEvent } from './helper-event.ts';

/** How the helper is started: `pkexec HELPER`, or as root `sh HELPER`. */
export interface HelperCommand {
  readonly program: string;
  /** What comes before the verb. */
  readonly before: readonly string[];
}

/** A verb of the helper with its argument; `apply` and `check` read the plan from standard input. */
export type HelperCall =
  | { readonly verb: 'apply' | 'check'; readonly steps: string }
  | { readonly verb: 'undo' | 'confirm'; readonly receipt: string }
  | { readonly verb: 'status'; readonly receipt: string | undefined }
  | { readonly verb: 'recover' };

/** Who listens to a run of the helper, and may end it. */
export interface HelperWatch {
  /** Called for each line that the helper prints, in order. */
  readonly onEvent: (event: HelperEvent) => void;
  /** Asks the helper to give back what it did; the run ends when that is done. */
  readonly signal?: AbortSignal;
}

/** How a run of the helper ended. */
export interface HelperRun {
  readonly exitStatus: number;
  readonly events: readonly HelperEvent[];
}

/**
 * Runs the helper and hands on each line as it comes.
 *
 * The steps go through standard input, so that what runs is what was read here and not what the
 * file holds by then.
 *
 * @returns Fails with `not-started`, and with `ended` where a signal ended the helper.
 */
export function runHelper(
  command: HelperCommand,
  call: HelperCall,
  watch: HelperWatch,
): Promise<Result<HelperRun, Failure<'not-started' | 'ended'>>> {
  const { promise, resolve } =
    Promise.withResolvers<Result<HelperRun, Failure<'not-started' | 'ended'>>>();
  const child = spawn(command.program, [...command.before, ...words(call)]);
  const events: HelperEvent[] = [];
  let complaint = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = parseHelperLine(line);
    if (event === undefined) return;
    events.push(event);
    watch.onEvent(event);
  });
  const stop = () => interrupt(child);
  watch.signal?.addEventListener('abort', stop, { once: true });
  child.once('close', () => watch.signal?.removeEventListener('abort', stop));
  child.stderr.on(
    'data',
    (chunk: Buffer) => (complaint = (complaint + chunk.toString()).slice(-2000)),
  );
  // A helper that ends before it has read the plan closes its end: its exit status says why.
  child.stdin.on('error', () => undefined);
  child.stdin.end('steps' in call ? call.steps : '');
  child.once('error', (error) =>
    resolve(failure('not-started', `Cannot start ${command.program}: ${error.message}`)),
  );
  child.once('close', (exitStatus, signal) => {
    if (exitStatus !== null) resolve(ok({ exitStatus, events: withComplaint(events, complaint) }));
    else resolve(endedBy(signal, watch.signal?.aborted === true));
  });
  return promise;
}

/** From its first step on the helper takes TERM as a wish, and does not die of it. */
function endedBy(signal: NodeJS.Signals | null, isWished: boolean) {
  return isWished && signal === 'SIGTERM'
    ? failure('ended', 'Stopped before anything was changed')
    : failure('ended', `The helper was ended by ${signal}: run airlock recover`);
}

/**
 * A helper that pkexec started belongs to root, and no signal of ours reaches it. It takes a
 * listener that is gone for an interruption as well; then its exit status alone says how it ended.
 */
function interrupt(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(child.pid, 'SIGTERM');
  } catch {
    child.stdout.destroy();
  }
}

function words(call: HelperCall): readonly string[] {
  switch (call.verb) {
    case 'apply':
    case 'check':
      return [call.verb, '-'];
    case 'undo':
    case 'confirm':
      return [call.verb, call.receipt];
    case 'status':
      return call.receipt === undefined ? [call.verb] : [call.verb, call.receipt];
    case 'recover':
      return [call.verb];
  }
}

/** Without a word of the helper what its shell or pkexec said is the only reason there is. */
function withComplaint(events: readonly HelperEvent[], complaint: string): readonly HelperEvent[] {
  const last = complaint.trim().split('\n').at(-1) ?? '';
  if (events.length > 0 || last === '') return events;
  return [{ kind: 'problem', code: 'not-started', subject: 'helper', text: last }];
}
