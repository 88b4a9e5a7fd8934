import { parseBdf } from '../../../shared/bdf.ts';
import type { Analysis } from '../../backend/analyse.ts';
import { analyseKnown } from '../../backend/analyse-known.ts';
import { checkView } from '../../backend/check-view.ts';
import { checkText } from '../../backend/check-text.ts';
import { loadDeviceNames } from '../../backend/device-names.ts';
import { judgeGroups } from '../../backend/judge-groups.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { readSource } from '../../backend/read-source.ts';
import type { CheckView } from '../../../shared/view.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson } from '../output.ts';
import { ASSETS_DIR, SHIPPED } from '../shipped.ts';

/** `airlock check`: status 0 only where every verdict is ready or needs companions. */
export async function checkVerb(words: readonly string[], isJson: boolean): Promise<ExitStatus> {
  const addresses = words.filter((word) => parseBdf(word) !== undefined);
  const named = words.filter((word) => parseBdf(word) === undefined);
  const sources = named.length > 0 ? named : ['live'];
  const names = loadDeviceNames(ASSETS_DIR);
  const documents: unknown[] = [];
  let status: ExitStatus = 0;
  for (const source of sources) {
    const host = await readSource(source, 'full', UNWATCHED, SHIPPED);
    const checks = host.ok ? checksOf(await analyseKnown(host.value), addresses) : host;
    if (!host.ok || !checks.ok) {
      if (!checks.ok) complain(checks.error);
      status = 2;
      continue;
    }
    if (status === 0 && !checks.value.every(isGood)) status = 1;
    documents.push({ source: host.value.source.name, checks: checks.value });
    if (!isJson) print(checkText(source, checks.value, host.value, names));
  }
  if (isJson && documents.length > 0) printJson(documents, sources.length > 1);
  return status;
}

/** One check for all named functions together; without names, one for each group. */
function checksOf(analysis: Analysis, addresses: readonly string[]) {
  if (addresses.length === 0) return { ok: true as const, value: judgeGroups(analysis) };
  const check = checkView(analysis, addresses);
  return check.ok ? { ok: true as const, value: [check.value] } : check;
}

function isGood({ verdict }: CheckView): boolean {
  return verdict === 'ready' || verdict === 'needs-companions';
}
