import type { FailureCode } from '../../shared/contract.ts';
import type { HelperReport } from '../../shared/helper-report.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { HelperEvent } from '../binding/run/helper-event.ts';
import {
  runHelper,
  type HelperCall,
  type HelperCommand,
  type HelperRun,
} from '../binding/run/run-helper.ts';
import { PKEXEC } from './privilege.ts';

/** The verbs that people use; `check` is a part of `apply`. */
export type DrivenCall = Exclude<HelperCall, { readonly verb: 'apply' | 'check' }> | ApplyCall;
interface ApplyCall {
  readonly verb: 'apply';
  readonly steps: string;
}

/** Gets each thing that the helper says, as it comes. */
export type HelperListener = (event: HelperEvent) => void;

/** Exit statuses of pkexec: the dialog was dismissed, or authorisation was refused. */
const PKEXEC_STATUS = [126, 127];
/** Exit statuses of the helper that answer nothing: usage, malformed plan, busy, no rights. */
const NO_ANSWER = [1, 2, 7, 8];

/**
 * Runs a verb of the helper and reports it whole.
 *
 * @returns Fails where the helper did not get to work; a plan that was refused or given back is an
 *   answer, with its problems in the report.
 */
export async function driveHelper(
  command: HelperCommand,
  call: DrivenCall,
  onEvent: HelperListener,
): Promise<Result<HelperReport, Failure<FailureCode>>> {
  const run = await runHelper(command, call, onEvent);
  if (!run.ok) return failure('not-available', run.error.message);
  const { exitStatus } = run.value;
  if (command.program === PKEXEC && PKEXEC_STATUS.includes(exitStatus)) {
    const why = reportOf(call.verb, run.value).problems.at(-1)?.text ?? 'the dialog was dismissed';
    return failure('cancelled', `Administrator rights were not given: ${why}`);
  }
  return concludeRun(call.verb, run.value);
}

/** What a run of the helper means, here or on another host; fails where it did not get to work. */
export function concludeRun(
  verb: DrivenCall['verb'],
  run: HelperRun,
): Result<HelperReport, Failure<FailureCode>> {
  const { exitStatus } = run;
  const report = reportOf(verb, run);
  const reason = report.problems.at(-1)?.text;
  const isKnown = exitStatus <= 8;
  if (!isKnown || NO_ANSWER.includes(exitStatus)) {
    return failure('not-available', reason ?? `The helper ended with status ${exitStatus}`);
  }
  return ok(report);
}

function reportOf(verb: DrivenCall['verb'], { exitStatus, events }: HelperRun): HelperReport {
  const report: HelperReport = {
    verb,
    helperStatus: exitStatus,
    receipts: [],
    steps: [],
    problems: [],
    diff: [],
  };
  for (const event of events) addEvent(report, event);
  return report;
}

function addEvent(report: HelperReport, event: HelperEvent): void {
  const receipt = report.receipts.at(-1);
  switch (event.kind) {
    case 'receipt': {
      const { receipt: id, state } = event;
      report.receipts.push({ id, functions: [], ...(state !== undefined && { state }) });
      break;
    }
    case 'step': {
      const { number, total, phase, subject } = event;
      if (phase !== 'begin') report.steps.push({ number, total, phase, subject });
      break;
    }
    case 'problem':
      report.problems.push({ code: event.code, subject: event.subject, text: event.text });
      break;
    case 'diff':
      report.diff.push(event.line);
      break;
    case 'function': {
      const { bdf, driver, planned } = event;
      receipt?.functions.push({ bdf, driver, planned });
      break;
    }
    case 'seconds-left':
      if (receipt) receipt.secondsLeft = event.seconds;
      break;
    case 'result':
      report.result = event.state;
      break;
  }
}
