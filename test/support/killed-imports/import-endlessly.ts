import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { contentName } from '../../../main/library/content.ts';
import { openLibrary } from '../../../main/library/library.ts';
import { madeSnapshot } from '../made-snapshot.ts';

/**
 * Imports into the library named on the command line until it is killed. Each line on standard
 * output names what is committed: an id, the content, and the case that holds it.
 */
const opened = openLibrary(process.argv[2] ?? '');
if (!opened.ok) throw new Error(opened.error.message);
const library = opened.value;
for (let round = 0; ; round++) {
  // Some are large, so that the log is full now and then and goes into the database.
  const bytes = randomBytes(round % 8 === 3 ? 1_500_000 : 1000 + (round % 7) * 9000);
  const name = contentName(bytes);
  const { id } = library.add(
    madeSnapshot({
      bytes,
      name,
      terms: [{ kind: 'id', value: '10de:2206' }],
      text: { devices: `card number ${round}` },
    }),
  );
  library.fillCase({ name: `case ${round % 3}`, createdAtMs: round }, [id]);
  library.addNote({ snapshotId: id }, { text: `note ${name}`, writtenAtMs: round });
  writeSync(1, `${id} ${name} case ${round % 3}\n`);
}
