import { join } from 'node:path';
import type { FailureCode } from '../../shared/contract.ts';
import type { HelperReport } from '../../shared/helper-report.ts';
import type { Failure, Result } from '../../shared/result.ts';
import { parseHelperLine, type HelperEvent } from '../binding/run/helper-event.ts';
import { runHelperOverSsh } from '../ssh/run-helper-over-ssh.ts';
import type { Shipped } from './collect-remote.ts';
import { concludeRun, type DrivenCall, type HelperListener } from './drive-helper.ts';
import { withConnection } from './with-connection.ts';

/**
 * Runs a verb of the shipped helper on a host over SSH, and reports it as a run on this one.
 *
 * @param name - `ssh://[user@]host[:port]`.
 * @param signal - Asks the helper to give everything back; the report then is what it did.
 * @returns Fails besides where the connection does: what was begun then is in the host's receipts.
 */
export async function driveRemoteHelper(
  name: string,
  { assetsDir, isInteractive }: Shipped,
  call: DrivenCall,
  signal: AbortSignal,
  onEvent: HelperListener,
): Promise<Result<HelperReport, Failure<FailureCode>>> {
  const events: HelperEvent[] = [];
  const run = await withConnection(name, { signal, isInteractive }, (connection) =>
    runHelperOverSsh(connection, {
      helperFolder: join(assetsDir, 'helper'),
      errand: errandOf(call),
      signal,
      onLine: (line) => {
        const event = parseHelperLine(line);
        if (event === undefined) return;
        events.push(event);
        onEvent(event);
      },
    }),
  );
  return run.ok ? concludeRun(call.verb, { exitStatus: run.value.status, events }) : run;
}

function errandOf(call: DrivenCall) {
  const { verb } = call;
  if ('steps' in call) return { verb, steps: call.steps };
  if ('receipt' in call && call.receipt !== undefined) return { verb, receipt: call.receipt };
  return { verb };
}
