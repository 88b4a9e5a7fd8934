import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FailureCode } from '../../shared/contract.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { shellWord } from '../../shared/shell-word.ts';
import type { HelperCommand } from '../binding/run/run-helper.ts';
import { isRoot, PKEXEC } from './privilege.ts';

/** Where a package installs the helper, owned by root; the polkit policy names this path. */
export const INSTALLED_HELPER = '/usr/libexec/airlock/airlock-helper';

/** How the helper can be run on this host, and which one. */
export interface HelperAccess {
  /** As root; through pkexec, which asks; or by a person only, with `sudo`. */
  readonly kind: 'direct' | 'asks' | 'by-hand';
  readonly helper: string;
}

/**
 * Finds out how the helper can be run.
 *
 * As root it is the installed one, or else the shipped one. Otherwise only the installed one is
 * started, through pkexec; a checkout or an AppImage has a helper that its user can write.
 */
export async function helperAccess(
  assetsDir: string,
  installed = INSTALLED_HELPER,
): Promise<HelperAccess> {
  const isInstalled = await isRootsOwn(installed);
  const helper = isInstalled ? installed : join(assetsDir, 'helper', 'airlock-helper');
  if (isRoot()) return { kind: 'direct', helper };
  return { kind: isInstalled && (await isExecutable(PKEXEC)) ? 'asks' : 'by-hand', helper };
}

/**
 * The command that runs the helper for a verb. Looking at receipts needs no rights.
 *
 * @param words - The verb and its argument, for the line in the failure.
 * @param installed - Where a package would have put it.
 */
export async function findHelper(
  assetsDir: string,
  words: readonly [verb: string, ...string[]],
  installed = INSTALLED_HELPER,
): Promise<Result<HelperCommand, Failure<FailureCode>>> {
  const { kind, helper } = await helperAccess(assetsDir, installed);
  if (kind === 'direct' || words[0] === 'status') return ok({ program: 'sh', before: [helper] });
  if (kind === 'asks') return ok({ program: PKEXEC, before: [helper] });
  const line = [sudoLine(helper), ...words.map(shellWord)].join(' ');
  const remark = helper === installed ? '' : '. Whoever can write to that file is root then';
  return failure(
    'not-available',
    `This needs administrator rights. In a terminal: ${line}${remark}`,
  );
}

/** What runs the helper in a terminal; the verb follows. */
export function sudoLine(helper: string): string {
  return `sudo sh ${shellWord(helper)}`;
}

/** Owned by root, and writable by nobody else. */
async function isRootsOwn(path: string): Promise<boolean> {
  try {
    const { uid, mode } = await stat(path);
    return uid === 0 && (mode & 0o022) === 0;
  } catch {
    return false;
  }
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
