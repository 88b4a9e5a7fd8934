import { resolve } from 'node:path';
import { failure, type Failure } from '../../../shared/result.ts';
import { progressText, reportText, stepsText } from '../../backend/binding-text.ts';
import { driveHelper, type DrivenCall, type DriveResult } from '../../backend/drive-helper.ts';
import { findHelper } from '../../backend/helper-access.ts';
import { readByHand, readPlanFolder } from '../../backend/plan-folder.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson, remark } from '../output.ts';
import { ASSETS_DIR, SHIPPED } from '../shipped.ts';

const WATCH = {
  onEvent: (event: Parameters<typeof progressText>[0]) => {
    const text = progressText(event);
    if (text !== undefined) remark(text);
  },
};

const RECEIPT = /^\d{6}-[0-9a-f]{16}$/;

/** What each of these verbs takes besides. */
export interface DriveOptions {
  readonly json?: boolean;
}

/** `airlock apply`: shows what the steps say, then has the helper do it. */
export async function applyVerb(
  folder: string,
  source: string,
  options: DriveOptions,
): Promise<ExitStatus> {
  const path = resolve(folder);
  const steps = await readPlanFolder(path);
  if (!steps.ok) return giveUp(steps.error);
  remark(stepsText(steps.value.file));
  const call = { verb: 'apply', steps: steps.value.text } as const;
  const status = await drive(call, ['apply', `${path}/steps.txt`], source, options);
  const byHand = await readByHand(path);
  if (status === 0 && byHand !== '') remark(`Now by hand, see plan.md:\n${byHand}`);
  return status;
}

/** `airlock confirm` and `airlock undo`. */
export async function receiptVerb(
  verb: 'confirm' | 'undo',
  receipt: string,
  source: string,
  options: DriveOptions,
): Promise<ExitStatus> {
  if (!RECEIPT.test(receipt)) return noReceipt(receipt);
  return drive({ verb, receipt }, [verb, receipt], source, options);
}

/** `airlock status`: all receipts, or one. */
export async function statusVerb(
  words: readonly string[],
  options: DriveOptions,
): Promise<ExitStatus> {
  const [source = 'live', ...moreSources] = words.filter(isSource);
  const [receipt, ...more] = words.filter((word) => !isSource(word));
  const surplus = moreSources[0] ?? more[0];
  if (surplus !== undefined) {
    return giveUp({ code: 'bad-arguments', message: `One receipt, one host: ${surplus} is more` });
  }
  if (receipt !== undefined && !RECEIPT.test(receipt)) return noReceipt(receipt);
  return drive({ verb: 'status', receipt }, ['status'], source, options);
}

/** `airlock recover`. */
export async function recoverVerb(source: string, options: DriveOptions): Promise<ExitStatus> {
  return drive({ verb: 'recover' }, ['recover'], source, options);
}

function isSource(word: string): boolean {
  return word === 'live' || word.startsWith('ssh://');
}

function noReceipt(word: string): ExitStatus {
  const message = `Not the name of a receipt: ${JSON.stringify(word.slice(0, 40))}. airlock status lists them`;
  return giveUp({ code: 'bad-arguments', message });
}

/** Status 0 where the helper did what was asked, 1 where it refused or gave back. */
async function drive(
  call: DrivenCall,
  words: readonly [string, ...string[]],
  source: string,
  { json }: DriveOptions,
): Promise<ExitStatus> {
  const report = await run(call, words, source);
  if (!report.ok) return giveUp(report.error);
  if (json === true) printJson([report.value], false);
  else print(reportText(report.value, source === 'live' ? '' : source));
  return report.value.helperStatus === 0 ? 0 : 1;
}

async function run(
  call: DrivenCall,
  words: readonly [string, ...string[]],
  source: string,
): Promise<DriveResult> {
  if (source.startsWith('ssh://')) {
    const { driveOverSsh } = await import('../../backend/drive-over-ssh.ts');
    return driveOverSsh(source, SHIPPED, call, WATCH);
  }
  if (source !== 'live') {
    const message = `${source} cannot be changed: only this host and ssh://[user@]host[:port] can`;
    return failure('bad-arguments', message);
  }
  const helper = await findHelper(ASSETS_DIR, words);
  return helper.ok ? driveHelper(helper.value, call, WATCH) : helper;
}

function giveUp(error: Failure): ExitStatus {
  complain(error);
  return 2;
}
