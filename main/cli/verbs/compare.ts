import { compareText } from '../../backend/compare-text.ts';
import { compareView } from '../../backend/compare-view.ts';
import { comparePage } from '../../backend/compare-page.ts';
import { loadDeviceNames } from '../../backend/device-names.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { readSource } from '../../backend/read-source.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson } from '../output.ts';
import { ASSETS_DIR, SHIPPED, shippedVersion } from '../shipped.ts';
import { writeDocument } from './report.ts';

export interface CompareOptions {
  readonly json?: boolean;
  readonly html?: string;
}

/** `airlock compare`: status 1 where the two differ. */
export async function compareVerb(
  before: string,
  after: string,
  { json, html }: CompareOptions,
): Promise<ExitStatus> {
  const one = await readSource(before, 'full', UNWATCHED, SHIPPED);
  const other = await readSource(after, 'full', UNWATCHED, SHIPPED);
  if (!one.ok || !other.ok) {
    for (const host of [one, other]) if (!host.ok) complain(host.error);
    return 2;
  }
  const report = compareView(one.value, other.value, loadDeviceNames(ASSETS_DIR));
  if (html !== undefined) {
    const made = { version: shippedVersion(), atMs: Date.now() };
    const written = writeDocument(html, comparePage(report, made));
    if (written !== 0) return written;
  }
  if (json === true) printJson([report], false);
  else if (html !== '-') print(compareText(report));
  return report.differs ? 1 : 0;
}
