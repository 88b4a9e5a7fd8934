import { describe, expect, it } from 'vitest';
import { compareReportSchema } from '../../../shared/compare-report.ts';
import { recordedSnapshot } from '../../support/recorded-host.ts';
import { runAirlock } from '../../support/run-airlock.ts';

const BEFORE = recordedSnapshot('n-config-acs-k6.12');
const AFTER = recordedSnapshot('n-config-acs-k6.1');

describe('airlock compare', () => {
  it('says what differs and why groups split, and ends with 1', async () => {
    const { status, out, complaints } = await runAirlock('compare', BEFORE, AFTER);
    expect([status, complaints]).toEqual([1, '']);
    expect(out).toContain('Kernel: 6.12.107+deb13-amd64 -> 6.1.0-56-amd64\n');
    expect(out).toContain(
      'A group splits:\n  before  00:04.0  01:00.0\n  after   00:04.0\n  after   01:00.0\n  Why (acs-bits): ',
    );
  });

  it('prints one document that its schema describes', async () => {
    const { status, out } = await runAirlock('compare', BEFORE, AFTER, '--json');
    const report = compareReportSchema.parse(JSON.parse(out));
    expect([status, report.differs, report.groupsAre]).toEqual([1, true, 'observed']);
    expect(report.groups.map(({ kind }) => kind)).toEqual(['splits']);
  });

  it('ends with 0 where nothing differs', async () => {
    const { status, out } = await runAirlock('compare', BEFORE, BEFORE);
    expect(status).toBe(0);
    expect(out).toContain('Nothing that both sources tell differs.\n');
  });

  it('ends with 2 and names the source that cannot be read', async () => {
    const { status, out, complaints } = await runAirlock('compare', BEFORE, '/nowhere.tar.gz');
    expect([status, out, complaints]).toEqual([
      2,
      '',
      'airlock: Cannot read /nowhere.tar.gz: no such file\n',
    ]);
  });
});
