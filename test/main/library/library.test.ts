import { describe, expect, it } from 'vitest';
import { Library } from '../../../main/library/library.ts';
import { openDatabase } from '../../../main/library/open-database.ts';
import { madeSnapshot } from '../../support/made-snapshot.ts';

function library(): Library {
  return new Library(openDatabase(':memory:'));
}

const GPU = madeSnapshot({
  name: 'desk.tar.gz',
  title: 'ASUS ROG STRIX X570-E',
  bytes: Buffer.from('one'),
  kernel: '6.12.107+deb13-amd64',
  terms: [
    { kind: 'id', value: '10DE:2206' },
    { kind: 'driver', value: 'vfio-pci' },
    { kind: 'kernel', value: '6.12' },
    { kind: 'finding', value: 'boot-display' },
  ],
  text: { board: 'ASUSTeK ROG STRIX X570-E', devices: 'NVIDIA GeForce RTX 3080', other: 'Debian' },
});
const NAS = madeSnapshot({
  name: 'nas.tar.gz',
  title: 'Supermicro X11',
  bytes: Buffer.from('two'),
  terms: [{ kind: 'kernel', value: '6.1' }],
  text: { board: 'Supermicro X11SSH', devices: 'Broadcom SAS3008', other: 'quiet iommu=pt' },
});

describe('keeping', () => {
  it('gives the bytes back as they were, packed or not', () => {
    const kept = library();
    for (const bytes of [Buffer.from('x'.repeat(10_000)), Buffer.from('short'), Buffer.alloc(0)]) {
      const { id } = kept.add(madeSnapshot({ bytes }));
      const snapshot = kept.get(id);
      if (snapshot === undefined) throw new Error('It is not there');
      expect(Buffer.from(kept.original(snapshot))).toEqual(bytes);
    }
  });

  it('keeps the same bytes once', () => {
    const kept = library();
    expect(kept.add(GPU)).toEqual({ id: 1, isNew: true });
    expect(kept.add({ ...GPU, name: 'again.tar.gz' })).toEqual({ id: 1, isNew: false });
    expect(kept.search([], 10).snapshots.map(({ name }) => name)).toEqual(['desk.tar.gz']);
  });

  it('lists what is known, and leaves out what is not', () => {
    const kept = library();
    kept.add(NAS);
    expect(kept.get(1)).toEqual({
      id: 1,
      sha256: '3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3',
      name: 'nas.tar.gz',
      title: 'Supermicro X11',
      importedAtMs: 1_700_000_000_000,
      functionCount: 3,
      problemCount: 0,
    });
  });

  it('gives the parsed host only in the form that is asked for', () => {
    const kept = library();
    kept.add(madeSnapshot({ host: '{"a":1}', hostFormat: 3 }));
    expect([kept.storedHost(1, 3), kept.storedHost(1, 4)]).toEqual(['{"a":1}', undefined]);
  });

  it('forgets everything of a snapshot, and never gives its number to another', () => {
    const kept = library();
    kept.add(GPU);
    kept.addTag({ snapshotId: 1 }, 'open');
    kept.addNote({ snapshotId: 1 }, { text: 'slow', writtenAtMs: 1 });
    expect(kept.remove(1)).toBe(true);
    expect(kept.remove(1)).toBe(false);
    expect([kept.get(1), kept.search(['slow'], 5).snapshots, kept.check()]).toEqual([
      undefined,
      [],
      [],
    ]);
    expect(kept.add(GPU)).toEqual({ id: 2, isNew: true });
  });
});

describe('searching', () => {
  const kept = library();
  kept.add(GPU);
  kept.add(NAS);
  kept.fillCase({ name: 'Acme 42', createdAtMs: 1 }, [2]);
  kept.addTag({ caseId: 1 }, 'urgent');
  kept.addTag({ snapshotId: 1 }, 'open');
  kept.addNote({ snapshotId: 1 }, { text: 'Code 43 in the guest', writtenAtMs: 1 });
  kept.addNote({ caseId: 1 }, { text: 'second card is slow', writtenAtMs: 2 });

  it.each([
    ['ids, in any case', ['10de:2206'], [1]],
    ['ids with their field', ['id:10DE:2206'], [1]],
    ['ids that nothing has', ['10de:9999'], []],
    ['a driver', ['driver:vfio-pci'], [1]],
    ['a kernel, exactly', ['kernel:6.1'], [2]],
    ['a finding', ['finding:boot-display'], [1]],
    ['a tag', ['tag:open'], [1]],
    ['a tag of its case', ['tag:urgent'], [2]],
    ['a case', ['case:Acme 42'], [2]],
    ['a word of the file', ['name:desk'], [1]],
    ['a word of the board', ['board:supermicro'], [2]],
    ['a board is not what a device is called', ['board:geforce'], []],
    ['the beginning of a word', ['gefor'], [1]],
    ['several words in any order', ['3080', 'geforce'], [1]],
    ['words of a note', ['43', 'guest'], [1]],
    ['words of a note on its case', ['slow'], [2]],
    ['a word and a field', ['rtx', 'driver:vfio-pci', 'kernel:6.12'], [1]],
    ['a word and a field that do not agree', ['sas3008', 'driver:vfio-pci'], []],
    ['a word with a sign', ['iommu=pt'], [2]],
    ['no words: everything, newest first', [], [2, 1]],
    ['what looks like the language of the index', ['NOT', '"', '*', 'a OR b'], []],
  ])('%s', (_name, words, ids) => {
    expect(kept.search(words, 10).snapshots.map(({ id }) => id)).toEqual(ids);
  });

  it('says that there is more', () => {
    expect([kept.search([], 1).hasMore, kept.search([], 2).hasMore]).toEqual([true, false]);
  });
});

describe('cases', () => {
  it('are filled again under the same name, and their snapshots stay without them', () => {
    const kept = library();
    kept.add(GPU);
    kept.add(NAS);
    expect(kept.fillCase({ name: 'A', createdAtMs: 1 }, [1])).toBe(1);
    expect(kept.fillCase({ name: 'A', createdAtMs: 2 }, [1, 2])).toBe(1);
    expect(kept.cases()).toEqual([{ id: 1, name: 'A', createdAtMs: 1, snapshotCount: 2 }]);
    expect(kept.casesOfSnapshot(2)).toEqual(['A']);
    kept.addNote({ caseId: 1 }, { text: 'gone soon', writtenAtMs: 1 });
    kept.removeCase(1);
    expect([kept.cases(), kept.search([], 5).snapshots.length]).toEqual([[], 2]);
    expect(kept.search(['gone'], 5).snapshots).toEqual([]);
  });

  it('have the same note once, and tags that can be taken away', () => {
    const kept = library();
    kept.fillCase({ name: 'A', createdAtMs: 1 }, []);
    const subject = { caseId: 1 };
    kept.addNote(subject, { text: 'a', writtenAtMs: 1 });
    kept.addNote(subject, { text: 'a', writtenAtMs: 1 });
    kept.addNote(subject, { text: 'a', writtenAtMs: 2 });
    kept.addTag(subject, 'x');
    kept.addTag(subject, 'x');
    kept.addTag(subject, 'y');
    expect(kept.removeTag(subject, 'y')).toBe(true);
    expect([kept.notes(subject).length, kept.tags(subject)]).toEqual([2, ['x']]);
  });
});
