import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const MAIN = join(import.meta.dirname, 'main.ts');

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

describe('the command', () => {
  it('explains itself with examples', () => {
    expect(execFileSync(process.execPath, [MAIN, '--help'], { encoding: 'utf8' })).toMatch(
      /^Usage: npm run quirks -- check .*\nExamples:\n {2}npm run quirks -- check\n/s,
    );
  });

  it('names each kernel that it could not read, with the reason', () => {
    const folder = temporaryDirectory();
    const text = join(folder, 'text');
    writeFileSync(text, 'This is no kernel.');
    const none = join(folder, 'none.deb');
    expect(run('check', text, none)).toEqual({
      status: 2,
      stdout: '',
      stderr: `quirks: ${text}: Not a kernel\nquirks: ${none}: No such file\n`,
    });
  });

  it.each([
    [
      ['check', '--write'],
      'Expected `check [KERNEL...]` or `update [KERNEL] [--write]`; see --help',
    ],
    [
      ['update', 'one', 'two'],
      'Expected `check [KERNEL...]` or `update [KERNEL] [--write]`; see --help',
    ],
    [['update', '5.4'], 'Neither a file nor one of the known kernels'],
    [['--colour'], "Unknown option '--colour'"],
  ])('does not guess what %j means', (args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
