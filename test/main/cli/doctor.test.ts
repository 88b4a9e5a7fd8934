import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { doctorReportSchema } from '../../../shared/doctor-report.ts';
import { recordedSnapshot } from '../../support/recorded-host.ts';
import { runAirlock } from '../../support/run-airlock.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

function log(...lines: readonly string[]): string {
  const path = join(temporaryDirectory(), 'log');
  writeFileSync(path, lines.join('\n'));
  return path;
}

const NOT_VIABLE = 'vfio 0000:01:00.0: group 5 is not viable';
const HARMLESS = 'pci 0000:01:00.0: Adding to iommu group 5';

it('airlock doctor says what is wrong, and ends with 1', async () => {
  const { status, out } = await runAirlock('doctor', log(HARMLESS, NOT_VIABLE));
  expect(status).toBe(1);
  expect(out).toMatch(/^Found: group-not-viable {2}01:00\.0\n {2}line 2: vfio 0000:01:00\.0/);
  expect(out).toMatch(/\n\nHarmless:\n {2}line 1: The kernel formed a group\.\n$/);
});

it('airlock doctor joins the facts of a host, in one document', async () => {
  const host = recordedSnapshot('n-switch-k6.1');
  const { status, out } = await runAirlock('doctor', log(NOT_VIABLE), '--host', host, '--json');
  const report = doctorReportSchema.parse(JSON.parse(out));
  expect([status, report.host, report.foundCause]).toEqual([1, 'snapshot.tar.gz', true]);
  expect(report.diagnoses[0]?.hostFacts[0]).toMatch(/^01:00\.0 is a switch upstream port/);
});

it('airlock doctor reads several logs together, and names the one of each line', async () => {
  const [qemu, kernel] = [log(NOT_VIABLE), log('', HARMLESS)];
  const { status, out } = await runAirlock('doctor', qemu, kernel);
  expect(status).toBe(1);
  expect(out).toContain(`\n  ${qemu}, line 1: ${NOT_VIABLE}\n`);
  expect(out).toMatch(new RegExp(`\n\nHarmless:\n {2}${kernel}, line 2: The kernel formed`));
  const failed = await runAirlock('doctor', qemu, '/nowhere', '/nowhere-else');
  expect([failed.status, failed.complaints.split('\n')]).toEqual([
    2,
    [
      'airlock: Cannot read /nowhere: no such file',
      'airlock: Cannot read /nowhere-else: no such file',
      '',
    ],
  ]);
});

it('airlock doctor ends with 0 where nothing is wrong', async () => {
  expect((await runAirlock('doctor', log(HARMLESS))).status).toBe(0);
  expect(await runAirlock('doctor', log('hello'))).toEqual({
    status: 0,
    out: 'No line of this log is known.\n',
    complaints: '',
  });
});

it('airlock doctor ends with 2 where the log or the host cannot be read', async () => {
  const nowhere = await runAirlock('doctor', '/nowhere');
  expect([nowhere.status, nowhere.complaints]).toEqual([
    2,
    'airlock: Cannot read /nowhere: no such file\n',
  ]);
  expect((await runAirlock('doctor', log(HARMLESS), '--host', '/nowhere')).status).toBe(2);
});
