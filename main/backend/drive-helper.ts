import type { FailureCode } from '../../shared/contract.ts';
import type { HelperReport } from '../../shared/helper-report.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { HelperEvent } from '../binding/run/helper-event.ts';
import {
  runHelper,
  type HelperCall,
  type HelperCommand,
  type HelperRun,
  type HelperWatch,
} from '../binding/run/run-helper.ts';
import { sudoLine } from './helper-access.ts';
import { PKEXEC } from './privilege.ts';

/** The verbs that people use; `check` is a part of `apply`. */
export type DrivenCall = Exclude<HelperCall, { readonly verb: 'apply' | 'check' }> | ApplyCall;
export type DriveResult = Result<HelperReport, Failure<FailureCode>>;
interface ApplyCall {
  readonly verb: 'apply';
  readonly steps: string;
}

/** Exit statuses of pkexec(1). */
const DISMISSED = 126;
const NOT_AUTHORIZED = 127;
/** Exit statuses of the helper that answer nothing: usage, malformed plan, busy, no rights. */
const NO_ANSWER = [1, 2, 7, 8];
const BUSY = 7;

/**
 * Runs a verb of the helper and reports it whole.
 *
 * @returns Fails where the helper did not get to work; a plan that was refused or given back is an
 *   answer, with its problems in the report.
 */
export async function driveHelper(
  command: HelperCommand,
  call: DrivenCall,
  watch: HelperWatch,
): Promise<DriveResult> {
  const run = await runHelper(command, call, watch);
  if (!run.ok) return failure('not-available', run.error.message);
  if (command.program === PKEXEC) {
    if (run.value.exitStatus === DISMISSED) {
      return failure('cancelled', 'Administrator rights were not given: the dialog was dismissed');
    }
    if (run.value.exitStatus === NOT_AUTHORIZED) return notAuthorized(command);
  }
  return settleRun(call.verb, run.value);
}

/** pkexec asks at the computer's own screen only, as the policy of Airlock says. */
function notAuthorized({ before: [helper = '', ...words] }: HelperCommand): DriveResult {
  const line = [sudoLine(helper), ...words].join(' ');
  const message = `Administrator rights were not given: this session may not ask for them. In a terminal instead: ${line} VERB`;
  return failure('not-available', message);
}

/** What a run of the helper comes to, wherever it ran. */
export function settleRun(verb: DrivenCall['verb'], run: HelperRun): DriveResult {
  const { exitStatus } = run;
  const isKnown = exitStatus <= 8;
  if (!isKnown || NO_ANSWER.includes(exitStatus)) {
    const reason = lastProblem(run) ?? `The helper ended with status ${exitStatus}`;
    return failure(exitStatus === BUSY ? 'busy' : 'not-available', reason);
  }
  return ok(reportOf(verb, run));
}

function lastProblem({ events }: HelperRun): string | undefined {
  return events.findLast((event) => event.kind === 'problem')?.text;
}

/** Of an apply that was stopped by no longer listening to it, its exit status alone is known. */
const UNHEARD_RESULTS: Readonly<Record<number, string>> = { 4: 'undone', 6: 'stuck' };

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
  const unheard = verb === 'apply' ? UNHEARD_RESULTS[exitStatus] : undefined;
  if (report.result === undefined && unheard !== undefined) report.result = unheard;
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
    case 'argument': {
      const { word, isThere } = event;
      if (receipt) receipt.arguments = [...(receipt.arguments ?? []), { word, isThere }];
      break;
    }
    case 'waits-for':
      if (receipt) receipt.waitsForBoot = true;
      break;
    case 'seconds-left':
      if (receipt) receipt.secondsLeft = event.seconds;
      break;
    case 'result':
      report.result = event.state;
      break;
  }
}
