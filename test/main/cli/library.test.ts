import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { libraryFile } from '../../../main/backend/data-dir.ts';
import {
  caseReportSchema,
  importReportSchema,
  libraryListSchema,
  snapshotReportSchema,
} from '../../../shared/library-report.ts';
import { recordedSnapshot } from '../../support/recorded-host.ts';
import { runAirlock } from '../../support/run-airlock.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const ONE = recordedSnapshot('n-switch-k6.1');
const OTHER = recordedSnapshot('s004-k7.2-amd-q11.1');

let folder: string;

function useLibraryIn(name: string): void {
  vi.stubEnv('XDG_DATA_HOME', join(folder, name));
}

beforeEach(() => {
  folder = temporaryDirectory();
  useLibraryIn('data');
  return () => vi.unstubAllEnvs();
});

async function json(...args: readonly string[]): Promise<unknown> {
  const { out } = await runAirlock(...args, '--json');
  return JSON.parse(out);
}

describe('airlock import', () => {
  it('keeps files and says under which number; the same bytes are there once', async () => {
    const first = importReportSchema.parse(await json('import', ONE, OTHER));
    expect(first.imported.map(({ id, isNew }) => [id, isNew])).toEqual([
      [1, true],
      [2, true],
    ]);
    const second = await runAirlock('import', ONE);
    expect([second.status, second.out]).toEqual([
      0,
      'library:1  QEMU Standard PC (Q35 + ICH9, 2009)  (snapshot.tar.gz, was there already)\n',
    ]);
  });

  it('imports the others where one cannot be, and ends with 2', async () => {
    const text = join(folder, 'text');
    writeFileSync(text, 'hello');
    const { status, complaints } = await runAirlock('import', '/nowhere', text, ONE);
    expect(status).toBe(2);
    expect(complaints).toContain('airlock: Cannot import /nowhere: no such file\n');
    expect(complaints).toContain('airlock: Cannot read text: ');
    const list = libraryListSchema.parse(await json('library', 'list'));
    expect(list.snapshots.map(({ id }) => id)).toEqual([1]);
  });

  it('is found by what its host holds', async () => {
    await runAirlock('import', ONE, OTHER);
    for (const [words, ids] of [
      [['driver:virtio-pci', 'kernel:7.2'], [2]],
      [['1b36:000c', 'kernel:6.1'], [1]],
      [['QEMU'], [2, 1]],
    ] as const) {
      const found = libraryListSchema.parse(await json('library', 'search', ...words));
      expect(found.snapshots.map(({ id }) => id)).toEqual(ids);
    }
    expect((await runAirlock('library', 'search', 'nothing')).status).toBe(1);
  });
});

describe('library:ID', () => {
  it('is a source like the file itself', async () => {
    await runAirlock('import', ONE);
    const kept = (await json('groups', 'library:1')) as Record<string, unknown>;
    const file = (await json('groups', ONE)) as Record<string, unknown>;
    expect(kept).toEqual({ ...file, source: { ...(file.source as object), kind: 'library' } });
    expect((await runAirlock('compare', 'library:1', ONE)).status).toBe(0);
  });

  it('is read from its bytes where what was parsed has another form', async () => {
    await runAirlock('import', ONE);
    const kept = await json('groups', 'library:1');
    const database = new Database(libraryFile());
    database.exec("update snapshot set host_format = 0, host = x'00'");
    database.close();
    expect(await json('groups', 'library:1')).toEqual(kept);
  });

  it('that is not there is said in one line', async () => {
    expect(await runAirlock('groups', 'library:7')).toEqual({
      status: 2,
      out: '',
      complaints:
        'airlock: Cannot find library:7: the library has no such snapshot; airlock library list shows what there is\n',
    });
  });

  it('whose kept bytes are damaged is said in one line', async () => {
    await runAirlock('import', ONE);
    const database = new Database(libraryFile());
    database.exec("update content set bytes = x'00'; update snapshot set host_format = 0");
    database.close();
    const { status, complaints } = await runAirlock('groups', 'library:1');
    expect(status).toBe(2);
    expect(complaints).toMatch(
      /^airlock: Cannot use the library .*: the kept bytes of .* are damaged\n$/,
    );
  });
});

describe('cases, notes and tags', () => {
  it('go with an exported case into another library', async () => {
    await runAirlock('import', ONE, OTHER, '--case', 'Acme 42', '--tag', 'open');
    await runAirlock('library', 'note', 'case:Acme 42', 'second', 'card');
    await runAirlock('library', 'note', '2', 'ACS off');
    await runAirlock('library', 'tag', 'case:Acme 42', 'urgent');
    const before = caseReportSchema.parse(await json('library', 'show', 'case:Acme 42'));
    const file = join(folder, 'acme.tar');
    expect((await runAirlock('library', 'export', 'case:Acme 42', file)).status).toBe(0);

    useLibraryIn('elsewhere');
    expect((await runAirlock('import', file)).status).toBe(0);
    const after = caseReportSchema.parse(await json('library', 'show', 'case:Acme 42'));
    const timeless = (report: typeof before) =>
      report.snapshots.map((snapshot) => ({ ...snapshot, importedAtMs: 0 }));
    expect(timeless(after)).toEqual(timeless(before));
    expect([after.tags, after.notes]).toEqual([['urgent'], before.notes]);
    const second = snapshotReportSchema.parse(await json('library', 'show', '2'));
    expect([second.tags, second.cases, second.notes.map(({ text }) => text)]).toEqual([
      ['open'],
      ['Acme 42'],
      ['ACS off'],
    ]);

    // A second time brings nothing new.
    await runAirlock('import', file);
    expect(await json('library', 'show', 'case:Acme 42')).toEqual(after);
  });

  it('the file of a snapshot comes out as it was imported', async () => {
    await runAirlock('import', ONE);
    const file = join(folder, 'out.tar.gz');
    await runAirlock('library', 'export', '1', file);
    expect(readFileSync(file).equals(readFileSync(ONE))).toBe(true);
    const again = await runAirlock('library', 'export', '1', file);
    expect([again.status, again.complaints]).toEqual([
      2,
      `airlock: Cannot write ${file}: there is a file of that name\n`,
    ]);
  });

  it('are shown to people, and removed', async () => {
    await runAirlock('import', ONE, '--case', 'A');
    await runAirlock('library', 'tag', '1', 'x', 'y');
    await runAirlock('library', 'tag', '1', 'x', '--remove');
    expect((await runAirlock('library', 'show', '1')).out).toContain('  tags      y\n');
    expect((await runAirlock('library', 'list')).out).toContain('case:A  1 snapshot\n');
    await runAirlock('library', 'remove', 'case:A');
    await runAirlock('library', 'remove', 'library:1');
    expect((await runAirlock('library', 'list')).out).toBe('Nothing is there.\n');
    expect((await runAirlock('library', 'show', '1')).status).toBe(2);
  });
});
