import { UNWATCHED } from '../../backend/job-list.ts';
import { redactSource } from '../../backend/redact-source.ts';
import { redactionText } from '../../backend/redaction-text.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson } from '../output.ts';

export interface RedactOptions {
  readonly map?: string;
  readonly json?: boolean;
}

/** `airlock redact`: status 2 where nothing was written. */
export async function redactVerb(
  input: string,
  output: string,
  { map, json }: RedactOptions,
): Promise<ExitStatus> {
  const report = await redactSource(
    { input, output, ...(map !== undefined && { map }) },
    UNWATCHED,
  );
  if (!report.ok) {
    complain(report.error);
    return 2;
  }
  if (json === true) printJson([report.value.report], false);
  else print(redactionText(report.value.report));
  return 0;
}
