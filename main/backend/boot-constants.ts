import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CONSTANT_FILES, type ConstantFile } from '../binding/plan/step-words.ts';

/** Texts of the files that the helper ships and may install. */
export type BootConstants = Readonly<Record<ConstantFile, string>>;

/** Reads the shipped files, anew each time: they are few and small. */
export function loadBootConstants(assetsDir: string): BootConstants {
  const read = (name: ConstantFile) =>
    readFileSync(join(assetsDir, 'helper/boot', assetOf(name)), 'utf8');
  return Object.fromEntries(CONSTANT_FILES.map((name) => [name, read(name)])) as BootConstants;
}

/** As `find_constant` of the helper: stacks share the script that binds. */
function assetOf(name: ConstantFile): string {
  return name.endsWith('-bind') ? 'airlock-bind' : name;
}
