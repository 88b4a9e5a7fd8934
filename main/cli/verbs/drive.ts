import { resolve } from 'node:path';
import { progressText, reportText, stepsText } from '../../backend/binding-text.ts';
import { driveHelper, type DrivenCall } from '../../backend/drive-helper.ts';
import { findHelper } from '../../backend/helper-access.ts';
import { readPlanFolder } from '../../backend/plan-folder.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson, remark } from '../output.ts';
import { ASSETS_DIR } from '../shipped.ts';

const RECEIPT = /^\d{6}-[0-9a-f]{16}$/;

/** `airlock apply`: shows what the steps say, then has the helper do it. */
export async function applyVerb(folder: string, isJson: boolean): Promise<ExitStatus> {
  const path = resolve(folder);
  const steps = await readPlanFolder(path);
  if (!steps.ok) {
    complain(steps.error);
    return 2;
  }
  remark(stepsText(steps.value.file));
  const call = { verb: 'apply', steps: steps.value.text } as const;
  return drive(call, ['apply', `${path}/steps.txt`], isJson);
}

/** `airlock confirm` and `airlock undo`. */
export async function receiptVerb(
  verb: 'confirm' | 'undo',
  receipt: string,
  isJson: boolean,
): Promise<ExitStatus> {
  if (!isReceipt(receipt)) return 2;
  return drive({ verb, receipt }, [verb, receipt], isJson);
}

/** `airlock status`: all receipts, or one. */
export async function statusVerb(
  receipt: string | undefined,
  isJson: boolean,
): Promise<ExitStatus> {
  if (receipt !== undefined && !isReceipt(receipt)) return 2;
  return drive({ verb: 'status', receipt }, ['status'], isJson);
}

/** `airlock recover`. */
export async function recoverVerb(isJson: boolean): Promise<ExitStatus> {
  return drive({ verb: 'recover' }, ['recover'], isJson);
}

function isReceipt(word: string): boolean {
  if (RECEIPT.test(word)) return true;
  const message = `Not the name of a receipt: ${JSON.stringify(word.slice(0, 40))}. airlock status lists them`;
  complain({ code: 'bad-arguments', message });
  return false;
}

/** Status 0 where the helper did what was asked, 1 where it refused or gave back. */
async function drive(
  call: DrivenCall,
  words: readonly [string, ...string[]],
  isJson: boolean,
): Promise<ExitStatus> {
  const helper = await findHelper(ASSETS_DIR, words);
  const report = helper.ok
    ? await driveHelper(helper.value, call, (event) => {
        const text = progressText(event);
        if (text !== undefined) remark(text);
      })
    : helper;
  if (!report.ok) {
    complain(report.error);
    return 2;
  }
  if (isJson) printJson([report.value], false);
  else print(reportText(report.value));
  return report.value.helperStatus === 0 ? 0 : 1;
}
