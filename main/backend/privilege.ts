import { access, constants } from 'node:fs/promises';

export const PKEXEC = '/usr/bin/pkexec';

/** Where a package installs the collector, owned by root; the polkit policy names this path. */
export const INSTALLED_COLLECTOR = '/usr/libexec/airlock/airlock-collect';

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * Whether "read with administrator rights" can work: not root yet, and pkexec and the installed
 * collector are there. A checkout has only a collector that its user can write, and such a file is
 * never started as root by Airlock.
 */
export async function canElevate(): Promise<boolean> {
  if (isRoot()) return false;
  try {
    await access(PKEXEC, constants.X_OK);
    await access(INSTALLED_COLLECTOR, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
