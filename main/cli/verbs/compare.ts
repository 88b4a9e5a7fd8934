import { compareText } from '../../backend/compare-text.ts';
import { compareView } from '../../backend/compare-view.ts';
import { loadDeviceNames } from '../../backend/device-names.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { readSource } from '../../backend/read-source.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson } from '../output.ts';
import { ASSETS_DIR, SHIPPED } from '../shipped.ts';

/** `airlock compare`: status 1 where the two differ. */
export async function compareVerb(
  before: string,
  after: string,
  isJson: boolean,
): Promise<ExitStatus> {
  const one = await readSource(before, 'full', UNWATCHED, SHIPPED);
  const other = await readSource(after, 'full', UNWATCHED, SHIPPED);
  if (!one.ok || !other.ok) {
    for (const host of [one, other]) if (!host.ok) complain(host.error);
    return 2;
  }
  const report = compareView(one.value, other.value, loadDeviceNames(ASSETS_DIR));
  if (isJson) printJson([report], false);
  else print(compareText(report));
  return report.differs ? 1 : 0;
}
