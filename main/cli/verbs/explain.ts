import { analyseKnown } from '../../backend/analyse-known.ts';
import { loadDeviceNames } from '../../backend/device-names.ts';
import { explanationText } from '../../backend/explanation-text.ts';
import { explanationView } from '../../backend/explanation-view.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { readSource } from '../../backend/read-source.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson } from '../output.ts';
import { ASSETS_DIR, SHIPPED } from '../shipped.ts';

/** `airlock explain`: status 1 where the kernel placed the function otherwise. */
export async function explainVerb(
  address: string,
  source: string,
  isJson: boolean,
): Promise<ExitStatus> {
  const host = await readSource(source, 'full', UNWATCHED, SHIPPED);
  if (!host.ok) {
    complain(host.error);
    return 2;
  }
  const opened = { analysis: await analyseKnown(host.value), names: loadDeviceNames(ASSETS_DIR) };
  const explanation = explanationView(opened, address);
  if (!explanation.ok) {
    complain(explanation.error);
    return 2;
  }
  if (isJson) printJson([explanation.value], false);
  else print(explanationText(explanation.value));
  return explanation.value.differences.length > 0 ? 1 : 0;
}
