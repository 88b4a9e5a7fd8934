import { describe, expect, it } from 'vitest';
import { fuzzHelper } from '../../support/helper-fuzz/fuzz-helper.ts';
import { forbiddenPrograms, forbiddenWrites } from '../../support/helper-fuzz/allowed-names.ts';
import { parseTrace } from '../../support/helper-fuzz/trace-writes.ts';

/** A seed of the day would make a failure hard to repeat; `test/tools/fuzz-helper.ts` takes others. */
const SEED = 4;

describe('2,000 mutated plans under strace', () => {
  it.concurrent.each(['dash', 'BusyBox ash'] as const)(
    'write and start nothing outside of the closed lists under %s',
    async (shell) => {
      const result = await fuzzHelper({ seed: SEED, count: 1000, shell });
      expect(result.violations).toEqual([]);
      // Most break the grammar; enough do not, and their steps were carried out and undone.
      expect(result.statuses['2']).toBeGreaterThan(500);
      expect(result.statuses['0']).toBeGreaterThan(20);
      expect(result.namesWritten).toBeGreaterThan(100);
    },
    600_000,
  );
});

describe('the check of a trace', () => {
  const ROOT = '/var/tmp/sandbox';
  it('sees what is written, also by a name below an open folder, and what is started', () => {
    const trace = [
      '7 execve("/usr/sbin/chroot", ["chroot"], 0x1) = 0',
      '7 execve("/bin/sh", ["sh"], 0x1) = 0',
      '8 openat(AT_FDCWD</var/tmp/sandbox>, "/etc/passwd", O_RDONLY) = 3</var/tmp/sandbox/etc/passwd>',
      '8 openat(AT_FDCWD</var/tmp/sandbox>, "/etc/shadow", O_WRONLY|O_CREAT|O_TRUNC, 0666 <unfinished ...>',
      '9 unlinkat(4</var/tmp/sandbox/var/lib/airlock/work>, "lines", 0) = 0',
      '9 renameat2(AT_FDCWD</var/tmp/sandbox/etc>, "a", AT_FDCWD</var/tmp/sandbox/etc>, "/x/b", RENAME_NOREPLACE) = 0',
      '9 execve("/tmp/evil", ["evil"], 0x1) = -1 ENOENT',
    ].join('\n');
    const { written, started } = parseTrace(trace, ROOT);
    expect([...written]).toEqual(['/etc/shadow', '/var/lib/airlock/work/lines', '/etc/a', '/x/b']);
    expect([...started]).toEqual(['/tmp/evil']);
    expect(forbiddenWrites(written)).toEqual(['/etc/shadow', '/etc/a', '/x/b']);
    expect(forbiddenPrograms(started)).toEqual(['/tmp/evil']);
  });
});
