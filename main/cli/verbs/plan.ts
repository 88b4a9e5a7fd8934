import { resolve } from 'node:path';
import { parseBdf } from '../../../shared/bdf.ts';
import { planRefusalSchema, type PlanRefusal } from '../../../shared/plan.ts';
import type { Failure } from '../../../shared/result.ts';
import { analyseKnown } from '../../backend/analyse-known.ts';
import { refusalText } from '../../backend/binding-text.ts';
import { loadBootConstants } from '../../backend/boot-constants.ts';
import { loadDeviceNames } from '../../backend/device-names.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { DEFAULT_TIMER_MINUTES, makePlan } from '../../backend/make-plan.ts';
import { writePlanFolder } from '../../backend/plan-folder.ts';
import { readBootChoices } from '../../backend/read-boot-choices.ts';
import { readSource } from '../../backend/read-source.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson, remark } from '../output.ts';
import { ASSETS_DIR, SHIPPED } from '../shipped.ts';

export interface PlanOptions {
  readonly now?: boolean;
  readonly boot?: boolean;
  readonly singleGpuHooks?: string;
  readonly override: readonly string[];
  readonly minutes?: string;
  readonly initramfs?: string;
  readonly loader?: string;
  readonly argument: readonly string[];
  readonly out?: string;
  readonly json?: boolean;
}

/** `airlock plan`: status 1 where the host stands against the plan, with each reason. */
export async function planVerb(
  words: readonly string[],
  options: PlanOptions,
): Promise<ExitStatus> {
  const addresses = words.filter((word) => parseBdf(word) !== undefined);
  const [source = 'live', ...more] = words.filter((word) => parseBdf(word) === undefined);
  const timerMinutes = Number(options.minutes ?? DEFAULT_TIMER_MINUTES);
  const wrong = whatIsWrong(addresses, more, timerMinutes, options);
  if (wrong !== undefined) return giveUp({ code: 'bad-arguments', message: wrong });
  const choices = readBootChoices(options);
  if (!choices.ok) return giveUp(choices.error);
  const host = await readSource(source, 'full', UNWATCHED, SHIPPED);
  if (!host.ok) return giveUp(host.error);
  const plan = makePlan(
    await analyseKnown(host.value),
    {
      addresses,
      overrides: options.override,
      timerMinutes,
      isNow: options.now === true || options.boot !== true,
      isAtBoot: options.boot === true,
      ...(options.singleGpuHooks !== undefined && { machineStart: options.singleGpuHooks }),
      ...choices.value,
    },
    { names: loadDeviceNames(ASSETS_DIR), constants: loadBootConstants(ASSETS_DIR) },
  );
  if (!plan.ok)
    return isRefusal(plan.error) ? refuse(plan.error, source, options) : giveUp(plan.error);
  if (options.out !== undefined) {
    const written = await writePlanFolder(resolve(options.out), plan.value);
    if (!written.ok) return giveUp(written.error);
    remark(`Wrote plan ${plan.value.id} to ${options.out}: read plan.md before airlock apply`);
  }
  if (options.json === true) printJson([plan.value], false);
  return 0;
}

/** The first thing that makes the command line no question; `undefined` where it is one. */
function whatIsWrong(
  addresses: readonly string[],
  surplus: readonly string[],
  minutes: number,
  { out, json, now, boot, argument, singleGpuHooks }: PlanOptions,
): string | undefined {
  const isForArguments = boot === true && now !== true && argument.length > 0;
  if (addresses.length === 0 && !isForArguments) {
    return 'No function is named: airlock plan --help shows how';
  }
  if (singleGpuHooks !== undefined && (now === true || boot === true || argument.length > 0)) {
    return '--single-gpu-hooks stands alone: what it plans happens at the start of the machine';
  }
  if (surplus.length > 0) return `A plan is for one host, and there is another: ${surplus[0]}`;
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 60) {
    return 'The minutes of the timer are a whole number from 1 to 60';
  }
  if (out === undefined && json !== true) return 'Where to is not said: --out DIR, or --json';
  return undefined;
}

function isRefusal(error: Failure | PlanRefusal): error is PlanRefusal {
  return 'reasons' in error;
}

function refuse(refusal: PlanRefusal, source: string, { json }: PlanOptions): ExitStatus {
  const { code, reasons } = refusal;
  if (json === true) {
    const format = 'airlock-plan-refusal/1';
    printJson([planRefusalSchema.parse({ format, code, reasons })], false);
  } else {
    print(refusalText(refusal, source));
  }
  return 1;
}

function giveUp(failure: Failure): ExitStatus {
  complain(failure);
  return 2;
}
