import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseBdf } from '../../../shared/bdf.ts';
import type { VmReport } from '../../../shared/vm-report.ts';
import { analyseKnown } from '../../backend/analyse-known.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { readSource } from '../../backend/read-source.ts';
import { vmReport } from '../../backend/vm-report.ts';
import { vmText } from '../../backend/vm-text.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson, remark } from '../output.ts';
import { SHIPPED } from '../shipped.ts';
import type { VmOptions } from './vm-options.ts';
import { parseRequest } from './vm-wish.ts';

/** `airlock vm`: status 1 where a finding is a stop or a risk. */
export async function vmVerb(words: readonly string[], options: VmOptions): Promise<ExitStatus> {
  const addresses = words.filter((word) => parseBdf(word) !== undefined);
  const [source = 'live', ...more] = words.filter((word) => parseBdf(word) === undefined);
  if (more.length > 0) {
    complain({
      code: 'bad-arguments',
      message: `A machine is for one host, and there is another: ${more[0]}`,
    });
    return 2;
  }
  const request = parseRequest(addresses, options);
  const host = request.ok ? await readSource(source, 'full', UNWATCHED, SHIPPED) : request;
  if (!request.ok || !host.ok) {
    if (!host.ok) complain(host.error);
    return 2;
  }
  const report = vmReport(await analyseKnown(host.value), request.value);
  if (!report.ok) {
    complain(report.error);
    return 2;
  }
  if (!(await deliver(report.value, options))) return 2;
  return report.value.findings.some(({ severity }) => severity !== 'note') ? 1 : 0;
}

/** @returns False where the file could not be written; the reason is said. */
async function deliver(report: VmReport, { out, json }: VmOptions): Promise<boolean> {
  const [file] = report.files;
  if (out !== undefined) {
    try {
      await writeFile(resolve(out), file?.text ?? '', {
        flag: 'wx',
        mode: file?.language === 'shell' ? 0o755 : 0o644,
      });
    } catch (thrown) {
      const reason = thrown instanceof Error ? thrown.message : String(thrown);
      complain({ code: 'cannot-open', message: `Cannot write ${out}: ${reason}` });
      return false;
    }
  }
  if (json === true) printJson([report], false);
  else if (out === undefined) print(file?.text ?? '');
  if (json !== true) remarkOn(report);
  return true;
}

function remarkOn(report: VmReport): void {
  const text = vmText(report);
  if (text !== '') remark(text);
}
