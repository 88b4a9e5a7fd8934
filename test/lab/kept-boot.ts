import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mishapsIn, type Boot } from './boot.ts';

/** Keeps boots in a folder: a folder each, with console, command line and answers. */
export function keepBoots(folder: string, boots: readonly Boot[]): void {
  for (const [at, { console, command, seconds, answers }] of boots.entries()) {
    const place = join(folder, `${at}`);
    // An answer of an older boot would be judged as one of this.
    rmSync(place, { recursive: true, force: true });
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, CONSOLE), console, 'latin1');
    writeFileSync(join(place, FACTS), JSON.stringify({ seconds, command }));
    for (const [name, bytes] of answers) {
      if (name !== '' && !name.endsWith('/')) writeFileSync(join(place, name), bytes);
    }
  }
}

/** Boots as they were kept, to be judged again by another engine; none where none was kept. */
export function keptBoots(folder: string): readonly Boot[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort((one, other) => Number(one) - Number(other))
    .map((at) => keptBoot(join(folder, at)));
}

const CONSOLE = 'console';
const FACTS = 'boot.json';

function keptBoot(folder: string): Boot {
  const read = (name: string) => readFileSync(join(folder, name));
  const names = readdirSync(folder).filter((name) => name !== CONSOLE && name !== FACTS);
  const console = read(CONSOLE).toString('latin1');
  const facts = JSON.parse(read(FACTS).toString()) as Pick<Boot, 'seconds' | 'command'>;
  const answers = new Map(names.map((name) => [name, read(name)]));
  return { ...facts, console, answers, mishaps: mishapsIn(console) };
}
