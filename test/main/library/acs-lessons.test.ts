import { describe, expect, it } from 'vitest';
import type { AcsLesson } from '../../../main/library/acs-lessons.ts';
import { Library } from '../../../main/library/library.ts';
import { openDatabase } from '../../../main/library/open-database.ts';
import { madeSnapshot } from '../../support/made-snapshot.ts';

function libraryWith(...names: readonly string[]): Library {
  const library = new Library(openDatabase(':memory:'));
  for (const name of names) library.add(madeSnapshot({ name, bytes: Buffer.from(name) }));
  return library;
}

function lesson(snapshotId: number, classCode: number | undefined): AcsLesson {
  const seen = { vendorId: 0x8086, deviceId: 1, classCode, role: 'root', device: 28 } as const;
  return {
    snapshotId,
    board: `Board ${snapshotId}`,
    from: ['facter', 'lspci'],
    observations: [
      { ...seen, outcome: 'passes' },
      { ...seen, outcome: 'fails' },
    ],
  };
}

describe('what snapshots teach', () => {
  it('comes back as it was kept, in the order of the snapshots', () => {
    const library = libraryWith('a', 'b');
    const lessons = [lesson(1, 0x0604), lesson(2, undefined)];
    library.replaceLessons(lessons.toReversed());
    expect(library.lessons()).toEqual(lessons);
  });

  it('takes the place of what was learned before', () => {
    const library = libraryWith('a', 'b');
    library.replaceLessons([lesson(1, 0x0604)]);
    library.replaceLessons([lesson(2, 0x0604)]);
    expect(library.lessons()).toEqual([lesson(2, 0x0604)]);
  });

  it('is all kept or nothing is: a lesson of no snapshot changes nothing', () => {
    const library = libraryWith('a');
    library.replaceLessons([lesson(1, 0x0604)]);
    expect(() => library.replaceLessons([lesson(1, 0x0300), lesson(9, 0x0300)])).toThrow();
    expect(library.lessons()).toEqual([lesson(1, 0x0604)]);
  });

  it('is forgotten with its snapshot', () => {
    const library = libraryWith('a', 'b');
    library.replaceLessons([lesson(1, 0x0604), lesson(2, 0x0604)]);
    library.remove(1);
    expect(library.lessons()).toEqual([lesson(2, 0x0604)]);
    expect(library.check()).toEqual([]);
  });
});
