import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanAnswer, PlanExport } from '../../shared/binding.ts';
import type { ArgsOf, FailureCode } from '../../shared/contract.ts';
import type { Plan } from '../../shared/plan.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { shellWord } from '../../shared/shell-word.ts';
import { planFiles, planSteps, type PlanFile } from '../binding/plan/plan-files.ts';
import { loadBootConstants } from './boot-constants.ts';
import { driveJob } from './drive-job.ts';
import { findSeat } from './helper-seat.ts';
import type { OpenedHost } from './host-shelf.ts';
import { makePlan, type PlanWish } from './make-plan.ts';
import { packFiles } from './pack-files.ts';
import { writeFolder } from './plan-folder.ts';
import { readBootChoices } from './read-boot-choices.ts';
import type { Session } from './session.ts';

type Answer<T> = Promise<Result<T, Failure<FailureCode>>>;

/** Makes a plan and keeps it for what a window asks next. */
export async function planRequested(
  session: Session,
  opened: OpenedHost,
  wish: ArgsOf<'plan:make'>,
): Answer<PlanAnswer> {
  const { assetsDir } = session.platform;
  const shipped = { names: opened.names, constants: loadBootConstants(assetsDir) };
  const asked = wishOf(wish);
  if (!asked.ok) return asked;
  const plan = makePlan(opened.analysis, asked.value, shipped);
  if (plan.ok) {
    session.plans.put(opened.hostId, plan.value);
    const { way } = await findSeat(opened, assetsDir);
    return ok({ kind: 'plan', plan: plan.value, way });
  }
  const { error } = plan;
  if (!('reasons' in error)) return { ok: false, error };
  const { code, reasons } = error;
  const format = 'airlock-plan-refusal/1';
  return ok({ kind: 'refused', refusal: { format, code, reasons: [...reasons] } });
}

/** Takes words of the closed lists only. */
function wishOf(args: ArgsOf<'plan:make'>): Result<PlanWish, Failure<FailureCode>> {
  const { hostId: _, initramfs, loader, arguments: argument, ...wish } = args;
  const { addresses, isNow, isAtBoot } = wish;
  if (addresses.length === 0 && (isNow || !isAtBoot || argument.length === 0)) {
    return failure(
      'bad-arguments',
      'The wish names no function, and no argument for the next boot',
    );
  }
  const choices = readBootChoices({
    boot: isAtBoot,
    argument,
    ...(initramfs !== undefined && { initramfs }),
    ...(loader !== undefined && { loader }),
  });
  return choices.ok ? ok({ ...wish, ...choices.value }) : choices;
}

/** Has the helper carry a plan out. */
export async function applyRequested(
  session: Session,
  opened: OpenedHost,
  { jobId, planId }: ArgsOf<'plan:apply'>,
) {
  const plan = session.plans.get(opened.hostId, planId);
  if (!plan.ok) return plan;
  return driveJob(session, opened, jobId, { verb: 'apply', steps: planSteps(plan.value) });
}

/**
 * Hands a plan out as a folder: with the helper in it, so that it can be carried out on a host
 * where Airlock never was. A window cannot name the place: the system's dialog does.
 */
export async function exportRequested(
  session: Session,
  opened: OpenedHost,
  { planId }: ArgsOf<'plan:export'>,
): Answer<PlanExport> {
  const plan = session.plans.get(opened.hostId, planId);
  if (!plan.ok) return plan;
  const name = `airlock-plan-${planId}`;
  const { assetsDir, openFolderDialog } = session.platform;
  const files = await filesToHandOut(plan.value, assetsDir);
  if (openFolderDialog === undefined) {
    const bytes = packFiles(name, files, Date.now());
    const command = `tar -xf ${name}.tar && sudo sh ${name}/do.sh`;
    return ok({ kind: 'archive', name: `${name}.tar`, bytes, command });
  }
  const parent = await openFolderDialog('Choose where the folder of the plan goes');
  if (parent === undefined) return ok({ kind: 'cancelled' });
  const path = join(parent, name);
  const written = await writeFolder(path, files);
  if (!written.ok) return written;
  return ok({ kind: 'folder', path, command: `sudo sh ${shellWord(join(path, 'do.sh'))}` });
}

async function filesToHandOut(plan: Plan, assetsDir: string): Promise<readonly PlanFile[]> {
  const folder = join(assetsDir, 'helper');
  const constants = (await readdir(join(folder, 'boot'))).map((name) => `boot/${name}`);
  const shipped = ['airlock-helper', 'STEPS.md', ...constants].map(async (name) => ({
    name,
    content: await readFile(join(folder, name), 'utf8'),
    isExecutable: name === 'airlock-helper',
  }));
  return [...planFiles(plan), ...(await Promise.all(shipped))];
}
