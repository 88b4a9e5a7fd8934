import { mkdir, open, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FailureCode } from '../../shared/contract.ts';
import type { Plan } from '../../shared/plan.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { planFiles, type PlanFile } from '../binding/plan/plan-files.ts';
import { parseSteps } from '../binding/plan/parse-steps.ts';
import type { StepsFile } from '../binding/plan/step.ts';

/** One byte more than the helper reads. */
const MAX_STEPS_BYTES = 65_537;

/** Writes a plan folder; see {@link writeFolder}. */
export function writePlanFolder(folder: string, plan: Plan) {
  return writeFolder(folder, planFiles(plan));
}

/**
 * Writes files into a folder of their own.
 *
 * @param folder - Made where missing. A folder that holds something is left alone.
 */
export async function writeFolder(
  folder: string,
  files: readonly PlanFile[],
): Promise<Result<undefined, Failure<FailureCode>>> {
  try {
    await mkdir(folder, { recursive: true });
    const found = await readdir(folder);
    if (found.length > 0) {
      return failure(
        'bad-arguments',
        `Cannot write the plan to ${folder}: the folder is not empty (${found.slice(0, 3).join(', ')})`,
      );
    }
    for (const { name, content, isExecutable } of files) {
      const mode = isExecutable ? 0o755 : 0o644;
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content, { mode, flag: 'wx' });
    }
    return ok(undefined);
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return failure('cannot-open', `Cannot write the plan to ${folder}: ${reason}`);
  }
}

/** The steps of a plan folder, as text and read: `steps.txt` alone is what counts. */
export async function readPlanFolder(
  folder: string,
): Promise<Result<{ readonly text: string; readonly file: StepsFile }, Failure<FailureCode>>> {
  const path = join(folder, 'steps.txt');
  const text = await readBounded(path);
  if (!text.ok) return text;
  const file = parseSteps(text.value);
  if (!file.ok) return failure('cannot-open', `Cannot read ${path}: ${file.error.message}`);
  return ok({ text: text.value, file: file.value });
}

/** What remains to be done by hand; empty where that is nothing. */
export async function readByHand(folder: string): Promise<string> {
  const text = await readBounded(join(folder, 'by-hand.txt'));
  // A terminal shows it.
  return text.ok ? text.value.replaceAll(/[^\x20-\x7e\n]/g, '?') : '';
}

async function readBounded(path: string): Promise<Result<string, Failure<FailureCode>>> {
  try {
    await using file = await open(path);
    if (!(await file.stat()).isFile()) {
      return failure('cannot-open', `Cannot read ${path}: not a regular file`);
    }
    const buffer = Buffer.alloc(MAX_STEPS_BYTES);
    const { bytesRead } = await file.read(buffer, 0, MAX_STEPS_BYTES, 0);
    return ok(buffer.toString('latin1', 0, bytesRead));
  } catch (thrown) {
    const { code, message } = thrown as NodeJS.ErrnoException;
    const reason =
      code === 'ENOENT'
        ? 'no such file. Either it is no plan folder, or all is done by hand: see plan.md there'
        : message;
    return failure('cannot-open', `Cannot read ${path}: ${reason}`);
  }
}
