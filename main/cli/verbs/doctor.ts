import { doctorText } from '../../backend/doctor-text.ts';
import { doctorView } from '../../backend/doctor-view.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { readSource } from '../../backend/read-source.ts';
import { ok } from '../../../shared/result.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson } from '../output.ts';
import { SHIPPED } from '../shipped.ts';
import { readLog } from './read-log.ts';

export interface DoctorOptions {
  readonly host?: string;
  readonly json?: boolean;
}

/** `airlock doctor`: status 1 where something is wrong. */
export async function doctorVerb(
  paths: readonly string[],
  options: DoctorOptions,
): Promise<ExitStatus> {
  const texts = paths.map(readLog);
  const host =
    options.host === undefined
      ? ok(undefined)
      : await readSource(options.host, 'full', UNWATCHED, SHIPPED);
  const failed = [...texts, host].filter((part) => !part.ok);
  for (const { error } of failed) complain(error);
  if (failed.length > 0 || !host.ok) return 2;
  const report = doctorView(
    texts.flatMap((text) => (text.ok ? [text.value] : [])),
    host.value,
  );
  if (options.json === true) printJson([report], false);
  else print(doctorText(report, paths.length));
  return report.foundCause ? 1 : 0;
}
