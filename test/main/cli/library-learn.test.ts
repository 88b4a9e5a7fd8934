import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { acsTableSchema } from '../../../shared/acs-table.ts';
import { learnReportSchema } from '../../../shared/library-report.ts';
import { runAirlock } from '../../support/run-airlock.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/** A card of an unknown vendor below a root port, and the groups that its host shows. */
const LISTING = `IOMMU Group 0:
\t00:1e.0 Host bridge [0600]: Some host bridge [8086:fff0]
IOMMU Group 1:
\t00:1f.0 ISA bridge [0601]: Some bridge [8086:fff1]
\t00:1f.3 Audio device [0403]: Some audio [8086:fff2]
`;
const PLAIN = `00:1f.0 ISA bridge [0601]: Some bridge [8086:fff1]
00:1f.3 Audio device [0403]: Some audio [8086:fff2]
`;

let folder: string;
const file = (name: string) => join(folder, name);

beforeEach(() => {
  folder = temporaryDirectory();
  vi.stubEnv('XDG_DATA_HOME', file('data'));
  writeFileSync(file('listing.txt'), LISTING);
  writeFileSync(file('lspci.txt'), PLAIN);
  return () => vi.unstubAllEnvs();
});

describe('airlock library learn', () => {
  it('learns from snapshots that show their groups, and says what the others lack', async () => {
    await runAirlock('import', file('listing.txt'), file('lspci.txt'));
    const { out, status } = await runAirlock('library', 'learn', '--json');
    expect(learnReportSchema.parse(JSON.parse(out))).toEqual({
      snapshots: 2,
      taught: 1,
      refused: { 'no-groups': 1 },
      observations: 2,
      boards: 1,
      rows: 2,
    });
    expect(status).toBe(0);
    const text = await runAirlock('library', 'learn');
    expect(text.out).toContain('Of 2 snapshots 1 taught how functions isolate: 2 rows, 1 boards.');
    expect(text.out).toContain('1 show no groups');
  });

  it('makes predictions of other reports likely, which name what they rest on', async () => {
    const before = await runAirlock('groups', file('lspci.txt'), '--json');
    expect(before.out).not.toContain('8086:fff1');
    await runAirlock('import', file('listing.txt'));
    await runAirlock('library', 'learn');
    const after = await runAirlock('groups', file('lspci.txt'), '--json');
    expect(after.out).toContain('8086:fff1) do not isolate on 1 board');
    expect(after.out).toContain('as learned in this library');
  });

  it('a host that shows its groups is not predicted from what was learned of it', async () => {
    const before = await runAirlock('groups', file('listing.txt'), '--json');
    await runAirlock('import', file('listing.txt'));
    await runAirlock('library', 'learn');
    const after = await runAirlock('groups', file('listing.txt'), '--json');
    expect(after.out).toBe(before.out);
  });

  it('writes the table to a new file, and never over another', async () => {
    await runAirlock('import', file('listing.txt'));
    await runAirlock('library', 'learn', '--export', file('acs.json'));
    const table = acsTableSchema.parse(JSON.parse(readFileSync(file('acs.json'), 'utf8')));
    expect(table.rows.map(({ ids, fails }) => [ids, fails])).toEqual([
      ['8086:fff1', [0]],
      ['8086:fff2', [0]],
    ]);
    const again = await runAirlock('library', 'learn', '--export', file('acs.json'));
    expect(again.status).toBe(2);
    expect(again.complaints).toContain('there is a file of that name');
  });

  it('a library in which nothing can be learned is status 1', async () => {
    const { status, out } = await runAirlock('library', 'learn');
    expect([status, out]).toEqual([
      1,
      'Of 0 snapshots 0 taught how functions isolate: 0 rows, 0 boards.\n',
    ]);
  });
});
