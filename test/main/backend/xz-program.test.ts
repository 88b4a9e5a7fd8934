import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { unxzWithProgram } from '../../../main/backend/xz-program.ts';
import { ARCHIVE_LIMITS } from '../../../main/host/limits.ts';
import { openArchiveBytes, type ArchiveOptions } from '../../../main/host/open-archive.ts';
import { packedBytes, type Unxz } from '../../../main/host/unpack.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const WHOLE = readFileSync(join(import.meta.dirname, '../../fixtures/reports/sosreport.tar.xz'));
const ORIGIN = { kind: 'archive', name: 'x', label: 'x' } as const;

/** The code and the reason, or the files that were read. */
async function outcome(bytes: Uint8Array, options: ArchiveOptions): Promise<string> {
  const opened = await openArchiveBytes(ORIGIN, bytes, options);
  if (opened.ok) return JSON.stringify(opened.value.list('sos_commands'));
  // Each way gives pieces of another size before it meets the damage.
  return `${opened.error.code}: ${opened.error.message.replace(/\d+/g, 'N')}`;
}

/** A program that is XZ Utils by what it says, and then does what the lines say. */
function standIn(...lines: readonly string[]): string {
  const path = join(temporaryDirectory(), 'xz');
  const version = 'if [ "$1" = --version ]; then echo "xz (XZ Utils) 5.4.1"; exit; fi';
  writeFileSync(path, ['#!/bin/sh', version, ...lines, ''].join('\n'));
  chmodSync(path, 0o755);
  return path;
}

function startedBy(program: string): Unxz {
  return (packed) => unxzWithProgram(packed, program);
}

function changed(at: number): Buffer {
  const bytes = Buffer.from(WHOLE);
  bytes[at] = (bytes[at] ?? 0) ^ 0x55;
  return bytes;
}

describe('xz data', () => {
  it.each([
    ['whole', WHOLE, /"kernel","pci"/],
    ['cut in the header', WHOLE.subarray(0, 9), /^truncated: .*the xz data end early, after N/],
    ['cut in the middle', WHOLE.subarray(0, 300), /^truncated: .*the xz data end early, after N/],
    ['cut in the index', WHOLE.subarray(0, -20), /^truncated: .*the xz data end early, after N/],
    ['with a changed header', changed(7), /^damaged: .*the xz data are damaged after N/],
    ['with a changed byte', changed(300), /^damaged: .*the xz data are damaged after N/],
    ['twice', Buffer.concat([WHOLE, WHOLE]), /"kernel","pci"/],
  ])('%s come to the same by the program and without it', async (_name, bytes, expected) => {
    const byProgram = await outcome(bytes, { unxz: unxzWithProgram });
    expect(byProgram).toMatch(expected);
    expect(await outcome(bytes, {})).toBe(byProgram);
  });
});

describe('the program xz', () => {
  it.each([
    ['is not installed', () => '/nonexistent/xz'],
    ['is that of BusyBox', () => '/bin/false'],
  ])('is left alone where it %s', async (_name, program) => {
    expect(await unxzWithProgram(Readable.from([]), program())).toBeUndefined();
    expect(await outcome(WHOLE, { unxz: startedBy(program()) })).toMatch(/"kernel","pci"/);
  });

  it('gets neither a file name nor options from outside', async () => {
    const seen = join(temporaryDirectory(), 'seen');
    process.env.XZ_OPT = '--keep';
    const program = standIn(`echo "$* ($XZ_OPT, $LC_ALL)" > ${seen}`, 'exec cat');
    await outcome(WHOLE, { unxz: startedBy(program) });
    delete process.env.XZ_OPT;
    expect(readFileSync(seen, 'utf8')).toBe(
      '--decompress --stdout --memlimit-decompress=256MiB (, C)\n',
    );
  });

  it.each([
    ['what it gives is over the limits', 'too-big', { archiveBytes: 3 * 2 ** 20 }],
    ['what it gives is no archive', 'not-an-archive', {}],
  ])('is killed once %s', async (_name, code, limits) => {
    const pidFile = join(temporaryDirectory(), 'pid');
    const unxz = startedBy(standIn(`echo $$ > ${pidFile}`, 'exec cat /dev/zero'));
    const options = { unxz, limits: { ...ARCHIVE_LIMITS, ...limits } };
    expect(await outcome(WHOLE, options)).toMatch(new RegExp(`^${code}: `));
    await gone(Number(readFileSync(pidFile, 'utf8')));
  });

  it('is killed when the reading is cancelled', async () => {
    const pidFile = join(temporaryDirectory(), 'pid');
    const unxz = startedBy(standIn(`echo $$ > ${pidFile}`, 'exec cat /dev/zero'));
    const cancel = new AbortController();
    const watch = { signal: cancel.signal, progress: () => cancel.abort() };
    expect(await outcome(WHOLE, { unxz, watch })).toMatch(/^cancelled: /);
    await gone(Number(readFileSync(pidFile, 'utf8')));
  });

  it('may complain at length: the beginning is kept', async () => {
    const program = standIn('yes broken | head -c 5000000 >&2', 'exit 1');
    const chunks = await unxzWithProgram(packedBytes(WHOLE).stream, program);
    const thrown: unknown = await Readable.from(chunks ?? [])
      .toArray()
      .catch((error: unknown) => error);
    expect(String(thrown).length).toBeLessThan(1100);
    expect(String(thrown)).toMatch(/^Error: broken\n/);
  });
});

/** Waits until a process has ended; the test's own limit ends the waiting. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await wait(5);
  }
}
