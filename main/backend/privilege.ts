import { access, constants } from 'node:fs/promises';

const PKEXEC = '/usr/bin/pkexec';

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Whether "read with administrator rights" can work: not root yet, and pkexec is there. */
export async function canElevate(): Promise<boolean> {
  if (isRoot()) return false;
  try {
    await access(PKEXEC, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
