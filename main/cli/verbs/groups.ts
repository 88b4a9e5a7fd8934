import type { Analysis } from '../../backend/analyse.ts';
import { analyseKnown } from '../../backend/analyse-known.ts';
import { groupsReport } from '../../backend/groups-report.ts';
import { groupsText } from '../../backend/groups-text.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { readSource } from '../../backend/read-source.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson } from '../output.ts';
import { ASSETS_DIR, SHIPPED } from '../shipped.ts';

/** `airlock groups`: status 1 where the kernel's groups differ from the predicted ones. */
export async function groupsVerb(sources: readonly string[], isJson: boolean): Promise<ExitStatus> {
  const reports: unknown[] = [];
  let status: ExitStatus = 0;
  for (const source of sources) {
    // Names and drivers are for the eye; the document needs only what grouping needs.
    const host = await readSource(source, isJson ? 'grouping' : 'full', UNWATCHED, SHIPPED);
    if (!host.ok) {
      complain(host.error);
      status = 2;
      continue;
    }
    const analysis = await analyseKnown(host.value);
    if (analysis.differences.length > 0 && status === 0) status = 1;
    if (isJson) reports.push(groupsReport(analysis));
    else await printGroups(analysis);
  }
  if (isJson && reports.length > 0) printJson(reports, sources.length > 1);
  return status;
}

async function printGroups(analysis: Analysis): Promise<void> {
  const { loadDeviceNames } = await import('../../backend/device-names.ts');
  print(groupsText(analysis, loadDeviceNames(ASSETS_DIR)));
}
