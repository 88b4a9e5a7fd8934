import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { recordedSnapshot } from '../../support/recorded-host.ts';
import { runAirlock } from '../../support/run-airlock.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const HOST = recordedSnapshot('n-switch-k6.1');
const LSPCI = `00:01.0 PCI bridge [0604]: Intel [8086:1901] (rev 07)
	Bus: primary=00, secondary=01, subordinate=01, sec-latency=0
01:00.0 VGA compatible controller [0300]: <b>Card</b> [10de:1b80] (rev a1)
	Kernel driver in use: nouveau
`;

function textFile(text: string): string {
  const path = join(temporaryDirectory(), 'lspci.txt');
  writeFileSync(path, text);
  return path;
}

describe('airlock report', () => {
  it('writes a page with verdicts, groups and where the facts are from', async () => {
    const out = join(temporaryDirectory(), 'report.html');
    const run = await runAirlock('report', HOST, '--out', out);
    expect(run).toEqual({ status: 0, out: '', complaints: '' });
    const html = readFileSync(out, 'utf8');
    expect(html).toMatch(/^<!doctype html>/);
    for (const words of [
      '<dt>Kernel</dt>',
      'an archive: ',
      '<h2>Devices</h2>',
      '<h2>Groups</h2>',
    ]) {
      expect(html).toContain(words);
    }
  });

  it('says what is missing, with the one command that supplies it', async () => {
    const { status, out } = await runAirlock(
      'report',
      textFile(LSPCI),
      '--out',
      '-',
      '--format',
      'md',
    );
    expect(status).toBe(0);
    expect(out).toContain('- **Recognised:** lspci \\(lines 1 to 4\\)'.replaceAll('\\', ''));
    expect(out).toContain('Some facts are missing.');
    expect(out).toMatch(/\n    sudo lspci -D -vvnnxxxx/);
  });

  it('explains the lines of a log', async () => {
    const log = textFile('vfio-pci 0000:01:00.0: not ready 1023ms after FLR; waiting\n');
    const { out } = await runAirlock('report', HOST, '--out', '-', '--log', log);
    expect(out).toContain('## What the logs say');
  });

  it('keeps names of a hostile host as text', async () => {
    const out = join(temporaryDirectory(), 'report.html');
    await runAirlock('report', textFile(LSPCI), '--out', out);
    expect(readFileSync(out, 'utf8')).not.toContain('<b>');
  });

  it('ends with 2 where it cannot read or write', async () => {
    const unread = await runAirlock('report', '/nowhere', '--out', '-');
    const unwritten = await runAirlock('report', HOST, '--out', '/nowhere/x.html');
    expect([unread.status, unwritten.status]).toEqual([2, 2]);
    expect(unwritten.complaints).toMatch(/^airlock: Cannot write \/nowhere\/x.html: /);
  });
});

describe('airlock compare --html', () => {
  it('writes a page beside the text', async () => {
    const path = join(temporaryDirectory(), 'c.html');
    const { status } = await runAirlock(
      'compare',
      recordedSnapshot('n-config-acs-k6.12'),
      recordedSnapshot('n-config-acs-k6.1'),
      '--html',
      path,
    );
    expect([status, readFileSync(path, 'utf8').includes('<h3>A group splits</h3>')]).toEqual([
      1,
      true,
    ]);
  });
});
