import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wholeScript } from '../../../main/ssh/find-rights.ts';
import { helperScript } from '../../../main/ssh/helper-script.ts';
import { SHELLS, shellCommand } from '../../support/simulated-host/sandbox.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const HELPER_FOLDER = join(import.meta.dirname, '../../../assets/helper');

it('over-ssh is clean by shellcheck', () => {
  const path = join(HELPER_FOLDER, 'over-ssh');
  const { status, stdout } = spawnSync('shellcheck', [path], { encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
});

describe.each(SHELLS)('a script that was cut off on its way to %s', (shell) => {
  const [program = '', ...args] = shellCommand(shell);

  it('does nothing', () => {
    const mark = join(temporaryDirectory(), 'mark');
    const whole = wholeScript(`echo one\ntouch ${mark}\ncat <<'%end%'\ntext\n%end%\ntouch ${mark}`);
    for (let length = 1; length < whole.length - 2; length += 1) {
      spawnSync(program, [...args, '-s'], { input: whole.slice(0, length) });
      expect([length, existsSync(mark)]).toEqual([length, false]);
    }
    spawnSync(program, [...args, '-s'], { input: whole });
    expect(existsSync(mark)).toBe(true);
  });

  it('gets every file of the helper as it is', () => {
    const folder = temporaryDirectory();
    const script = helperScript(HELPER_FOLDER, { verb: 'status' });
    // The same texts, put into a folder of the test in place of being run.
    const harmless = script
      .replace('\nmake_folder\n', `\nfolder=${folder}\nmkdir ${folder}/boot\n`)
      .replace('\ncarry status\n', '\n');
    expect(harmless.length).not.toBe(script.length);
    spawnSync(program, [...args, '-s'], { input: harmless });
    for (const name of ['airlock-helper', 'boot/airlock-bind', 'boot/revert-local']) {
      expect(readFileSync(join(folder, name))).toEqual(readFileSync(join(HELPER_FOLDER, name)));
    }
  });
});
