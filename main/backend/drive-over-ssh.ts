import { join } from 'node:path';
import { failure } from '../../shared/result.ts';
import { parseHelperLine, type HelperEvent } from '../binding/run/helper-event.ts';
import type { HelperWatch } from '../binding/run/run-helper.ts';
import type { HelperErrand } from '../ssh/helper-script.ts';
import { runHelperOverSsh } from '../ssh/run-helper-over-ssh.ts';
import type { Shipped } from './collect-remote.ts';
import { settleRun, type DrivenCall, type DriveResult } from './drive-helper.ts';
import { withConnection } from './with-connection.ts';

/**
 * Runs a verb of the shipped helper on a host over SSH, through a connection of its own, and
 * reports it as a run on this one.
 *
 * @param name - `ssh://[user@]host[:port]`.
 * @returns Fails besides where the connection does: what was begun then is in the host's receipts.
 */
export async function driveOverSsh(
  name: string,
  { assetsDir, isInteractive }: Shipped,
  call: DrivenCall,
  watch: HelperWatch,
): Promise<DriveResult> {
  const signal = watch.signal ?? new AbortController().signal;
  if (signal.aborted) return failure('cancelled', 'Stopped before anything was changed');
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
        watch.onEvent(event);
      },
    }),
  );
  return run.ok ? settleRun(call.verb, { exitStatus: run.value.status, events }) : run;
}

function errandOf(call: DrivenCall): HelperErrand {
  if (call.verb === 'apply') return call;
  const receipt = 'receipt' in call ? call.receipt : undefined;
  return { verb: call.verb, ...(receipt !== undefined && { receipt }) };
}
