import { access, constants, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { FailureCode } from '../../shared/contract.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { HelperCommand } from '../binding/run/run-helper.ts';
import { isRoot, PKEXEC } from './privilege.ts';

/** Where a package installs the helper, owned by root; the polkit policy names this path. */
export const INSTALLED_HELPER = '/usr/libexec/airlock/airlock-helper';

/**
 * Finds a way to run the helper.
 *
 * As root it is the installed one, or else the shipped one. Otherwise only the installed one is
 * started, through pkexec, which asks; a checkout or an AppImage has a helper that its user can
 * write, and gets the line for `sudo` in the failure. Looking at receipts needs no rights.
 *
 * @param words - The verb and its argument, for the line.
 */
export async function findHelper(
  assetsDir: string,
  words: readonly [verb: string, ...string[]],
): Promise<Result<HelperCommand, Failure<FailureCode>>> {
  const shipped = join(assetsDir, 'helper', 'airlock-helper');
  const isInstalled = await isRootsOwn(INSTALLED_HELPER);
  const helper = isInstalled ? INSTALLED_HELPER : shipped;
  if (isRoot() || words[0] === 'status') return ok({ program: 'sh', before: [helper] });
  if (isInstalled && (await isExecutable(PKEXEC))) {
    return ok({ program: PKEXEC, before: [INSTALLED_HELPER] });
  }
  const line = ['sudo', 'sh', helper, ...words].map(quoted).join(' ');
  const remark = isInstalled ? '' : '. Whoever can write to that file is root then';
  return failure(
    'not-available',
    `This needs administrator rights. In a terminal: ${line}${remark}`,
  );
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

/** For a shell: only where the word needs it. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
