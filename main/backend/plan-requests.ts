import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PlanAnswer, PlanExport } from '../../shared/binding.ts';
import type { ArgsOf, FailureCode } from '../../shared/contract.ts';
import type { Plan } from '../../shared/plan.ts';
import { ok, type Failure, type Result } from '../../shared/result.ts';
import { shellWord } from '../../shared/shell-word.ts';
import { ARGUMENT_MECHANISMS, INITRAMFS_STACKS } from '../binding/boot/boot-stacks.ts';
import { planFiles, planSteps, type PlanFile } from '../binding/plan/plan-files.ts';
import { loadBootConstants } from './boot-constants.ts';
import { driveJob } from './drive-job.ts';
import { findSeat } from './helper-seat.ts';
import type { OpenedHost } from './host-shelf.ts';
import { makePlan, type PlanWish } from './make-plan.ts';
import { packFiles } from './pack-files.ts';
import { writeFolder } from './plan-folder.ts';
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
  const plan = makePlan(opened.analysis, wishOf(wish), shipped);
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

/** Words of a window that name no stack are no choice. */
function wishOf({ initramfs, loader, ...wish }: ArgsOf<'plan:make'>): PlanWish {
  const stack = INITRAMFS_STACKS.find((known) => known === initramfs);
  const mechanism = ARGUMENT_MECHANISMS.find((known) => known === loader);
  return {
    ...wish,
    ...(stack !== undefined && { initramfs: stack }),
    ...(mechanism !== undefined && { loader: mechanism }),
  };
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
  const parent = await openFolderDialog();
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
