import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UNWATCHED } from '../../../main/backend/job-list.ts';
import { readHostBytes, readSource } from '../../../main/backend/read-source.ts';
import type { Host } from '../../../shared/host.ts';
import { functionOf, groupsOf, partsOf } from '../../support/read-report.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const REPORTS = join(import.meta.dirname, '../../fixtures/reports');

async function open(path: string): Promise<Host> {
  const shipped = { assetsDir: '', isInteractive: false };
  const host = await readSource(path, 'full', UNWATCHED, shipped);
  if (!host.ok) throw new Error(host.error.message);
  return host.value;
}

describe('a bundle of a support tool', () => {
  it.each(['sosreport.tar.xz', 'sosreport.tar.gz'])(
    '%s is read with what its tree says',
    async (name) => {
      const host = await open(join(REPORTS, name));
      expect(host).toMatchObject({
        kernelRelease: '5.14.0-427.el9.x86_64',
        commandLine: 'BOOT_IMAGE=(hd0,gpt2)/vmlinuz root=/dev/mapper/x intel_iommu=on',
        machine: { osName: 'Example Linux 9', board: { boardName: 'Example Board' } },
      });
      expect(groupsOf(host)).toEqual(['0: 00:00.0', '1: 00:01.0 01:00.0']);
      expect(functionOf(host, '01:00.0')).toMatchObject({
        parent: '0000:00:01.0',
        details: { driver: 'nouveau' },
        origins: { group: 'lspci' },
      });
      expect(host.report?.parts.map(({ file }) => file)).toEqual([
        'sos_commands/kernel/dmesg',
        'sos_commands/pci/lspci_-nnvv',
        'sos_commands/pci/lspci_-tv',
      ]);
    },
  );

  it('the diagnostics of Unraid join drivers, groups and the command line', async () => {
    const host = await open(join(REPORTS, 'unraid-diagnostics.zip'));
    expect(host.commandLine).toBe('BOOT_IMAGE=/bzimage initrd=/bzroot root=/dev/ram0 iommu=pt');
    expect(groupsOf(host)).toEqual(['1: 00:01.0 01:00.0']);
    expect(functionOf(host, '01:00.0')).toMatchObject({
      details: { driver: 'vfio-pci' },
      origins: { driver: 'lspci', group: 'sysfs' },
    });
  });

  it('hw-probe has the same functions in two forms', async () => {
    const host = await open(join(REPORTS, 'hw.info.txz'));
    expect(partsOf(host)).toEqual(['lspci-records 1-5', 'lspci 1-19']);
    expect(groupsOf(host)).toEqual(['0: 00:00.0', '1: 00:01.0 01:00.0']);
    expect(host.problems.filter(({ code }) => code === 'contradiction')).toEqual([]);
  });

  it('pvereport is a text like any other', async () => {
    const host = await open(join(REPORTS, 'pvereport.txt'));
    expect(host.commandLine).toContain('intel_iommu=on');
    expect(functionOf(host, '01:00.0').details?.driver).toBe('vfio-pci');
    expect(host.report?.command).toBe('sudo lspci -D -vvnnxxxx');
  });

  it('a sysfs tree packed with bzip2 is a snapshot', async () => {
    const host = await open(join(REPORTS, 'gathered.tar.bz2'));
    expect(host.report).toBeUndefined();
    expect(functionOf(host, '00:01.0').deviceId).toBe(0x0c01);
  });

  it('an unpacked one is read as well, and so are bytes', async () => {
    const root = temporaryDirectory();
    mkdirSync(join(root, 'tower/system'), { recursive: true });
    writeFileSync(join(root, 'tower/system/lspci.txt'), '01:00.0 Class 0300: 1234:abcd\r\n');
    expect((await open(root)).functions).toHaveLength(1);
    const bytes = readFileSync(join(REPORTS, 'unraid-diagnostics.zip'));
    const host = await readHostBytes('dropped.zip', bytes, UNWATCHED);
    expect(host.ok && host.value.functions).toHaveLength(2);
  });

  it.each(['sosreport.tar.xz', 'unraid-diagnostics.zip', 'gathered.tar.bz2', 'hw.info.txz'])(
    '%s may end anywhere and have any byte changed: one line says what is wrong',
    async (name) => {
      const whole = readFileSync(join(REPORTS, name));
      for (let at = 1; at < whole.length; at += 29) {
        const changed = Buffer.from(whole);
        changed[at] = (changed[at] ?? 0) ^ 0x55;
        for (const bytes of [whole.subarray(0, at), changed]) {
          const host = await readHostBytes('broken', bytes, UNWATCHED);
          if (!host.ok) expect(host.error.message).toMatch(/^Cannot read broken: [^\n]+$/);
        }
      }
    },
    120_000,
  );
});
