import type { HelperProgress } from '../../shared/binding.ts';
import type { HelperEvent } from '../binding/run/helper-event.ts';
import type { DrivenCall, DriveResult } from './drive-helper.ts';
import { findSeat } from './helper-seat.ts';
import type { OpenedHost } from './host-shelf.ts';
import type { Session } from './session.ts';

/** Runs a verb of the helper as a job: windows hear each step, and may ask to have it given back. */
export async function driveJob(
  { jobs, platform }: Session,
  opened: OpenedHost,
  jobId: string,
  call: DrivenCall,
): Promise<DriveResult> {
  const seat = await findSeat(opened, platform.assetsDir);
  const { signal } = jobs.start(jobId);
  try {
    return await seat.run(call, {
      signal,
      onEvent: (event) => {
        const said = saidOf(event);
        if (said !== undefined) platform.emit('helper:progress', { jobId, said });
      },
    });
  } finally {
    jobs.finish(jobId);
  }
}

/** What is worth telling at once; the report has the rest. */
function saidOf(event: HelperEvent): HelperProgress['said'] | undefined {
  if (event.kind === 'problem') return event;
  if (event.kind !== 'step') return undefined;
  const { kind, number, total, phase } = event;
  return { kind, number, total, phase };
}
