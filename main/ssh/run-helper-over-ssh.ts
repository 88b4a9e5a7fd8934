import { failure, ok, type Result } from '../../shared/result.ts';
import { findRights, shellWords, wholeScript, type Rights } from './find-rights.ts';
import { errandProblem, helperScript, type HelperErrand } from './helper-script.ts';
import { HelperLines } from './helper-lines.ts';
import type { SshConnection } from './ssh-connection.ts';
import { lastWords } from './ssh-failure.ts';
import type { SshFailure } from './ssh-failure-code.ts';
import { targetName } from './ssh-target.ts';

export interface HelperRun {
  /** `assets/helper` of this computer. */
  readonly helperFolder: string;
  readonly errand: HelperErrand;
  /** Gets each line that the helper says, as it comes; `assets/helper/STEPS.md` lists them. */
  readonly onLine: (line: string) => void;
  /** Asks the helper to give everything back. The result then is what it did. */
  readonly signal: AbortSignal;
}

export interface HelperEnd {
  /** Exit status of the helper; `airlock-helper --help` lists them. */
  readonly status: number;
}

/** Builders of boot images and devices that the kernel waits for take their time. */
const LIMIT_MS = 2 * 60 * 60_000;
const STOP_LIMIT_MS = 60_000;

/**
 * Runs the shipped helper on a host, never one that lies there: what runs is what was read here.
 *
 * The helper does not depend on the connection. When that is lost it goes on to the end of the
 * plan or gives everything back, and after the next connection `status` shows which.
 */
export async function runHelperOverSsh(
  connection: SshConnection,
  run: HelperRun,
): Promise<Result<HelperEnd, SshFailure>> {
  const problem = errandProblem(run.errand);
  if (problem !== undefined) return failure('failed', `Cannot run the helper: ${problem}`);
  const rights = await findRights(connection, run.signal);
  if (!rights.ok) return rights;
  if (rights.value.kind === 'user' && run.errand.verb !== 'status') {
    return noRights(connection, rights.value.reason);
  }
  return carry(connection, rights.value, run);
}

async function carry(
  connection: SshConnection,
  rights: Rights,
  run: HelperRun,
): Promise<Result<HelperEnd, SshFailure>> {
  const lines = new HelperLines(run.onLine);
  const stop = () => void lines.folder.then((folder) => stopHelper(connection, rights, folder));
  run.signal.addEventListener('abort', stop, { once: true });
  try {
    const ended = await connection.run({
      words: shellWords(rights, []),
      input: helperScript(run.helperFolder, run.errand),
      // Cancelling ends the helper, not the listening to it.
      signal: lines.flood,
      limitMs: LIMIT_MS,
      onData: (chunk) => lines.take(chunk),
    });
    if (!ended.ok) return asLoss(ended.error, connection, run);
    if (lines.status !== undefined) return ok({ status: lines.status });
    const reason = lastWords(ended.value.complaint) || `status ${ended.value.status}`;
    return failure(
      'failed',
      `The helper did not run on ${targetName(connection.target)}: ${reason}`,
    );
  } finally {
    run.signal.removeEventListener('abort', stop);
  }
}

/** TERM makes the helper undo what it did; it says so on the way that is listened to. */
async function stopHelper(connection: SshConnection, rights: Rights, folder: string) {
  const wait = `tries=0; until [ -s ${folder}/pid ] || [ $tries = 10 ]; do tries=$((tries + 1)); sleep 1; done`;
  await connection.run({
    words: shellWords(rights, []),
    input: wholeScript(`${wait}\nread -r pid <${folder}/pid && kill -TERM "$pid"`),
    signal: new AbortController().signal,
    limitMs: STOP_LIMIT_MS,
    onData: () => undefined,
  });
}

function asLoss(error: SshFailure, connection: SshConnection, { errand }: HelperRun) {
  const changes = errand.verb !== 'status' && errand.verb !== 'check';
  if (error.code !== 'lost' || !changes) return { ok: false as const, error };
  const message = `${error.message}. The helper works on without it: it finishes, or gives everything back. Connect again and look at the status of ${targetName(connection.target)}`;
  return failure(error.code, message);
}

function noRights(connection: SshConnection, reason: string) {
  const name = targetName(connection.target);
  const message = `The helper needs root on ${name}, and sudo does not give it without a password (${reason}): connect as root, or let sudo run sh there without one`;
  return failure('no-rights' as const, message);
}
