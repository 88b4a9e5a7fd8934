import type { AcsTable } from '../../shared/acs-table.ts';
import type { Host } from '../../shared/host.ts';
import type { LearnReport } from '../../shared/library-report.ts';
import { boardName } from '../engine/board-name.ts';
import { learnAcs, type Refusal } from '../engine/learn-acs.ts';
import { makeAcsTable } from '../engine/make-acs-table.ts';
import type { AcsLesson } from '../library/acs-lessons.ts';
import type { Library } from '../library/library.ts';
import type { Snapshot } from '../library/snapshots.ts';
import { UNWATCHED } from './job-list.ts';
import { readHostBytes } from './read-source.ts';
import { HOST_FORMAT, unpackHost } from './stored-host.ts';

/**
 * Learns from all snapshots of the library that show their groups, in place of what was learned
 * before.
 */
export async function learnLibrary(library: Library): Promise<LearnReport> {
  const { snapshots } = library.search([], MAX_SNAPSHOTS);
  const lessons: AcsLesson[] = [];
  const refused: Partial<Record<Refusal | 'unreadable' | 'nothing-proved', number>> = {};
  for (const snapshot of snapshots.toReversed()) {
    const lesson = learnSnapshot(snapshot, await hostOf(snapshot, library));
    if (typeof lesson !== 'string') lessons.push(lesson);
    else refused[lesson] = (refused[lesson] ?? 0) + 1;
  }
  library.replaceLessons(lessons);
  const { boards, rows } = makeAcsTable(lessons, '');
  return {
    snapshots: snapshots.length,
    taught: lessons.length,
    refused,
    observations: lessons.reduce((sum, { observations }) => sum + observations.length, 0),
    boards: boards.length,
    rows: rows.length,
  };
}

const MAX_SNAPSHOTS = 1_000_000;

/** What was learned, as the table that can be written to a file. */
export function learnedTable(library: Library): AcsTable {
  return makeAcsTable(library.lessons(), ABOUT);
}

const ABOUT =
  'How functions answered the ACS test on hosts that show their groups, as main/engine/learn-acs.ts proves it. Numbers are positions in boards. Written by: airlock library learn --export FILE';

async function hostOf(snapshot: Snapshot, library: Library): Promise<Host | undefined> {
  const text = library.storedHost(snapshot.id, HOST_FORMAT);
  const stored = text === undefined ? undefined : unpackHost(text);
  if (stored !== undefined) return stored;
  const read = await readHostBytes(snapshot.name, library.original(snapshot), UNWATCHED);
  return read.ok ? read.value : undefined;
}

function learnSnapshot(
  { id, sha256 }: Snapshot,
  host: Host | undefined,
): AcsLesson | Refusal | 'unreadable' | 'nothing-proved' {
  if (host === undefined) return 'unreadable';
  const lesson = learnAcs(host);
  if ('refusal' in lesson) return lesson.refusal;
  if (lesson.observations.length === 0) return 'nothing-proved';
  return {
    snapshotId: id,
    board: boardName(host) ?? `unnamed ${sha256.slice(0, 8)}`,
    from: [...new Set(host.report?.parts.map(({ kind }) => kind) ?? ['sysfs'])].sort(),
    observations: lesson.observations,
  };
}
