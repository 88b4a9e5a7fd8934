import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  MAX_RECENT,
  openRecentSources,
  type RecentSources,
} from '../../../main/library/recent-sources.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-library-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(file = join(folder, 'data/library.db')): RecentSources {
  const opened = openRecentSources(file);
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

describe('recent sources', () => {
  it('stay from one start to the next, newest first, each path once', () => {
    const first = open();
    first.remember({ path: '/a', title: 'A', openedAtMs: 1 });
    first.remember({ path: '/b', title: 'B', openedAtMs: 2 });
    first.remember({ path: '/a', title: 'A again', openedAtMs: 3 });
    first.close();
    const second = open();
    expect(second.list()).toEqual([
      { path: '/a', title: 'A again', openedAtMs: 3 },
      { path: '/b', title: 'B', openedAtMs: 2 },
    ]);
    second.forget('/a');
    expect(second.list().map(({ path }) => path)).toEqual(['/b']);
    second.close();
  });

  it('the oldest are forgotten', () => {
    const store = open(':memory:');
    for (let at = 0; at < MAX_RECENT + 5; at++) {
      store.remember({ path: `/${at}`, title: 't', openedAtMs: at });
    }
    expect(store.list()).toHaveLength(MAX_RECENT);
    expect(store.list()[0]?.path).toBe(`/${MAX_RECENT + 4}`);
  });
});

describe('a store that cannot be had is a failure with the file and the reason', () => {
  it.each([
    [
      'a file that is no database',
      () => writeFileSync(join(folder, 'x'), 'hello '.repeat(200)),
      'x',
    ],
    ['a place that is a file', () => writeFileSync(join(folder, 'f'), ''), 'f/x'],
    [
      'a file of a newer Airlock',
      () => {
        const database = new Database(join(folder, 'x'));
        database.pragma('user_version = 99');
        database.close();
      },
      'x',
    ],
  ])('%s', (_name, prepare, file) => {
    prepare();
    const opened = openRecentSources(join(folder, file));
    expect(opened).toEqual({
      ok: false,
      error: {
        code: 'no-store',
        message: expect.stringContaining(
          `Cannot keep recent sources in ${join(folder, file)}: `,
        ) as string,
      },
    });
  });
});
