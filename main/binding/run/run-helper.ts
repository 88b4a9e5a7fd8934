import { spawn } from 'node:child_process';
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

/** How a run of the helper ended. */
export interface HelperRun {
  readonly exitStatus: number;
  readonly events: readonly HelperEvent[];
}

/**
 * Runs the helper and hands on each line as it comes.
 *
 * The steps go through standard input, so that what runs is what was read here and not what the
 * file holds by then. A run cannot be cancelled: the helper gives back what it did when it fails,
 * and the receipt's undo is the way back afterwards.
 *
 * @param onEvent - Called for each line that the helper prints, in order.
 * @returns Fails with `not-started`, and with `ended` where a signal ended the helper.
 */
export function runHelper(
  command: HelperCommand,
  call: HelperCall,
  onEvent: (event: HelperEvent) => void,
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
    onEvent(event);
  });
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
    else resolve(failure('ended', `The helper was ended by ${signal}: run airlock recover`));
  });
  return promise;
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
