import type Database from 'better-sqlite3';
import type { AcsObservation, LearnedHost } from '../../shared/acs-table.ts';

/** What one snapshot taught. */
export interface AcsLesson extends LearnedHost {
  readonly snapshotId: number;
}

/** Puts new lessons in place of all that were there, all of them or none. */
export function replaceLessons(database: Database.Database, lessons: readonly AcsLesson[]): void {
  const addLesson = database.prepare('insert into acs_lesson values (?, ?, ?)');
  const addObservation = database.prepare(
    'insert into acs_observation values (@snapshotId, @vendorId, @deviceId, @classCode, @role, @device, @outcome)',
  );
  database
    .transaction(() => {
      database.prepare('delete from acs_lesson').run();
      for (const { snapshotId, board, from, observations } of lessons) {
        addLesson.run(snapshotId, board, from.join(' '));
        for (const seen of observations) {
          addObservation.run({ ...seen, classCode: seen.classCode ?? null, snapshotId });
        }
      }
    })
    .immediate();
}

/** All lessons, in the order of the snapshots. */
export function readLessons(database: Database.Database): readonly AcsLesson[] {
  const bySnapshot = Map.groupBy(
    database.prepare<[], ObservationRow>(OBSERVATIONS).all(),
    ({ snapshotId }) => snapshotId,
  );
  return database
    .prepare<[], LessonRow>(
      'select snapshot_id as snapshotId, board, sources from acs_lesson order by snapshot_id',
    )
    .all()
    .map(({ snapshotId, board, sources }) => ({
      snapshotId,
      board,
      from: sources.split(' '),
      observations: (bySnapshot.get(snapshotId) ?? []).map(asObservation),
    }));
}

interface LessonRow {
  readonly snapshotId: number;
  readonly board: string;
  readonly sources: string;
}

type ObservationRow = Omit<AcsObservation, 'classCode'> & {
  readonly snapshotId: number;
  readonly classCode: number | null;
};

const OBSERVATIONS = `select snapshot_id as snapshotId, vendor_id as vendorId,
    device_id as deviceId, class_code as classCode, role, device, outcome
  from acs_observation order by rowid`;

function asObservation(row: ObservationRow): AcsObservation {
  const { vendorId, deviceId, classCode, role, device, outcome } = row;
  return { vendorId, deviceId, classCode: classCode ?? undefined, role, device, outcome };
}
