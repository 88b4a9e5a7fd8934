import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Boot } from './boot.ts';

/**
 * A boot as `--keep` left it, to be judged again by another engine without booting.
 *
 * @returns `undefined` where the folder holds no such boot.
 */
export function keptBoot(folder: string): Boot | undefined {
  if (!existsSync(join(folder, 'console'))) return undefined;
  const read = (name: string) => readFileSync(join(folder, name));
  const names = readdirSync(folder).filter((name) => name !== 'console' && name !== 'command');
  return {
    mishaps: [],
    console: read('console').toString('latin1'),
    answers: new Map(names.map((name) => [name, read(name)])),
    seconds: 0,
    command: read('command').toString().split(' '),
  };
}
