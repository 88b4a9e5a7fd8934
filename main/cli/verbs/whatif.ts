import { analyseKnown } from '../../backend/analyse-known.ts';
import { loadDeviceNames } from '../../backend/device-names.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { readSource } from '../../backend/read-source.ts';
import { isChangeWord, whatifView } from '../../backend/whatif-view.ts';
import { whatifText } from '../../backend/whatif-text.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson } from '../output.ts';
import { ASSETS_DIR, SHIPPED } from '../shipped.ts';

/** `airlock whatif`: status 0 wherever there is an answer; nothing is good or bad about it. */
export async function whatifVerb(words: readonly string[], isJson: boolean): Promise<ExitStatus> {
  const changes = words.filter(isChangeWord);
  const named = words.filter((word) => !isChangeWord(word));
  if (changes.length === 0) {
    complain({
      code: 'no-change',
      message: 'No change is named: airlock whatif --help shows them',
    });
    return 2;
  }
  const sources = named.length > 0 ? named : ['live'];
  const documents: unknown[] = [];
  let status: ExitStatus = 0;
  for (const source of sources) {
    const host = await readSource(source, 'full', UNWATCHED, SHIPPED);
    const report = host.ok ? whatifView(await analyseKnown(host.value), changes) : host;
    if (!host.ok || !report.ok) {
      if (!report.ok) complain(report.error);
      status = 2;
      continue;
    }
    documents.push(report.value);
    if (!isJson) {
      if (documents.length > 1) print('');
      print(whatifText(report.value, host.value, loadDeviceNames(ASSETS_DIR)));
    }
  }
  if (isJson && documents.length > 0) printJson(documents, sources.length > 1);
  return status;
}
