import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { labCache } from '../support/debian-packages.ts';

/** Compiles one of the guest's programs, without shared libraries; kept in the cache. */
export function guestProgram(name: string): Buffer {
  const source = join(import.meta.dirname, 'guest', `${name}.c`);
  const key = createHash('sha256').update(readFileSync(source)).digest('hex').slice(0, 16);
  const folder = join(labCache(), 'programs');
  const program = join(folder, `${name}-${key}`);
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const aside = `${program}.${process.pid}`;
    execFileSync('musl-gcc', ['-static', '-O1', '-Wall', '-Werror', '-o', aside, source]);
    renameSync(aside, program);
  }
  return readFileSync(program);
}
