import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { parseMountInfo, parseMountTable } from '../../../main/host/read-mounts.ts';
import { parsePhysicalVolumes, parseZpoolStatus } from '../../../main/host/read-members.ts';
import { parseMdstat } from '../../../main/host/read-storage.ts';
import { unreadable } from '../../../shared/fact.ts';
import type { Host } from '../../../shared/host.ts';
import { buildTree } from '../../support/build-tree.ts';
import { readWhole } from '../../support/read-tree.ts';
import { STORAGE_SLOTS, storageTree } from '../../support/storage-tree.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { wish } from '../../support/wish.ts';

// The collector starts some hundred processes, which a busy machine takes its time for.
vi.setConfig({ testTimeout: 60_000 });

const COLLECTOR = join(import.meta.dirname, '../../../assets/collect/airlock-collect');

function plant(change: (root: string) => void = () => undefined): string {
  const root = temporaryDirectory();
  buildTree(root, { ...storageTree(), iommu: 'dmar0' });
  change(root);
  return root;
}

/** What moving each function means for disks: severity, code and the way in words. */
function disks(host: Host): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(STORAGE_SLOTS).map(([use, bdf]) => [
      use,
      wish(host, bdf)
        .findings.filter(({ code }) => code.includes('disk'))
        .map(({ severity, title }) => `${severity} ${title.replace(/^The host/, 'It')}`),
    ]),
  );
}

const EXPECTED = {
  firstNvme: [
    'stop 00:02.0 holds / (nvme0n1)',
    'stop 00:02.0 holds /boot/efi (EFI system partition) (nvme0n1)',
    'stop 00:02.0 holds swap (nvme0n1)',
  ],
  secondNvme: ['stop 00:03.0 holds / (nvme1n1)', 'stop 00:03.0 holds swap (nvme1n1)'],
  btrfsSata: ['stop 00:04.0 holds /home (sda)'],
  zfsSata: ['stop 00:05.0 holds /tank (sdc)'],
  firstPath: ['stop 00:07.0 holds /srv/a b (nvme2)'],
  secondPath: ['stop 00:08.0 holds /srv/a b (nvme3)'],
  backing: ['stop 00:09.0 holds /var/lib/vm (sdd)'],
  cache: ['stop 00:0a.0 holds /var/lib/vm (nvme4n1)'],
  usb: ['stop 00:0b.0 holds /media/usb and /mnt (sde)'],
  idle: ['note It loses the disks of 00:0c.0: nvme6n1'],
};

describe('a host with every kind of layer', () => {
  it('says which disk holds what', async () => {
    expect(disks(await readWhole(plant()))).toEqual(EXPECTED);
  });

  it('says the whole way down', async () => {
    const host = await readWhole(plant());
    const [finding] = wish(host, STORAGE_SLOTS.secondNvme).findings;
    expect(finding?.evidence).toBe(
      'proc/self/mountinfo: 253:1 / ext4 /dev/mapper/vg-root: dm-1 on dm-0 on md0 on nvme1n1p2 on nvme1n1',
    );
  });

  it('names both disks of the btrfs where they hang on one controller', async () => {
    const host = await readWhole(plant());
    expect(host.machine?.storage.btrfs).toEqual([
      { name: '3f2504e0-4f89-11d3-9a0c-0305e82c3301', members: ['sda', 'sdb'] },
    ]);
  });

  it.each([[[] as string[]], [['--no-redact']]])('says the same by a snapshot %j', async (more) => {
    const root = plant((tree) => rmSync(join(tree, 'airlock'), { recursive: true }));
    const archive = join(temporaryDirectory(), 'host.tar');
    const collected = spawnSync('sh', [COLLECTOR, '--root', root, '--out', archive, ...more]);
    expect(collected.stderr.toString()).toBe('');
    const found = disks(await readWhole(archive));
    expect({ ...found, zfsSata: [], idle: [] }).toEqual({ ...EXPECTED, zfsSata: [], idle: [] });
    // Nobody asked zpool, so the pool may lie on any disk that is not explained otherwise.
    expect([found.zfsSata, found.idle]).toEqual([
      ['risk It loses the disks of 00:05.0: sdc'],
      ['risk It loses the disks of 00:0c.0: nvme6n1'],
    ]);
  });

  it('takes the members of an array from mdstat where its folder was not copied', async () => {
    const root = plant((tree) => {
      rmSync(join(tree, 'sys/devices/virtual/block/md0/slaves'), { recursive: true });
    });
    expect(disks(await readWhole(root)).secondNvme).toEqual([
      'risk It loses the disks of 00:03.0: nvme1n1',
    ]);
    const mdstat = 'md0 : active raid1 nvme1n1p2[1] nvme0n1p2[0]\n';
    const whole = plant((tree) => {
      rmSync(join(tree, 'sys/devices/virtual/block/md0/slaves'), { recursive: true });
      buildTree(join(tree, 'again'), { functions: [], files: { 'proc/mdstat': mdstat } });
      spawnSync('cp', [join(tree, 'again/proc/mdstat'), join(tree, 'proc/mdstat')]);
      rmSync(join(tree, 'again'), { recursive: true });
    });
    expect(disks(await readWhole(whole)).secondNvme).toEqual(EXPECTED.secondNvme);
  });

  it('knows nothing where nothing was recorded', async () => {
    const root = temporaryDirectory();
    buildTree(root, { functions: [{ bdf: '0000:00:02.0' }] });
    const missing = unreadable('NOT_RECORDED');
    expect((await readWhole(root)).machine?.storage).toEqual({
      blocks: missing,
      mounts: missing,
      swaps: missing,
      btrfs: missing,
      zfsPools: missing,
      bcacheSets: missing,
      nvmeSubsystems: missing,
      physicalVolumes: missing,
    });
  });
});

describe('tables of mounts', () => {
  it('leave out what lies on no disk, and read white space', () => {
    const info =
      '1 0 8:1 / /a\\040b rw - ext4 /dev/sda1 rw\n2 0 0:22 / /sys rw shared:3 - sysfs sysfs rw\njunk\n\n';
    expect(parseMountInfo(info)).toEqual([
      { mountPoint: '/a b', source: '/dev/sda1', fileSystem: 'ext4', number: '8:1' },
    ]);
    expect(
      parseMountTable('/dev/sda1 /a\\040b ext4 rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n/dev/sdb'),
    ).toEqual([{ mountPoint: '/a b', source: '/dev/sda1', fileSystem: 'ext4', number: undefined }]);
    expect([parseMountInfo(''), parseMountTable('')]).toEqual([[], []]);
  });
});

describe('a mount on access', () => {
  const line = (fileSystem: string, place: string, number = '0:40') =>
    `9 1 ${number} / ${place} rw - ${fileSystem} systemd-1 rw\n`;

  it('counts where it hides a disk that the host needs, until somebody has looked', () => {
    const places = (text: string) => parseMountInfo(text).map((mount) => mount.fileSystem);
    expect(places(line('autofs', '/efi') + line('autofs', '/net'))).toEqual(['autofs']);
    expect(places(line('autofs', '/efi') + line('vfat', '/efi', '8:1'))).toEqual(['vfat']);
  });
});

describe('answers of tools', () => {
  it('zpool: members, logs and files, for each pool', () => {
    const text =
      '  pool: a\nconfig:\n\n\tNAME  STATE READ\n\ta  ONLINE\n\t  mirror-0  ONLINE 0\n\t    /dev/sda1  ONLINE 0\n\t    /dev/sdb1  OFFLINE 0\n\tlogs\n\t  /dev/nvme0n1p4  ONLINE 0\n' +
      '  pool: b\n\tb ONLINE\n\t  /srv/file  ONLINE 0\n';
    expect(parseZpoolStatus(text)).toEqual([
      { name: 'a', members: ['sda1', 'sdb1', 'nvme0n1p4'] },
      { name: 'b', members: ['/srv/file'] },
    ]);
    expect(parseZpoolStatus('no pools available\n')).toEqual([]);
  });

  it('pvs: groups with their volumes', () => {
    expect(parsePhysicalVolumes('  /dev/sda2\tvg\n  /dev/sdb\tvg\n  /dev/sdc\t\n')).toEqual([
      { name: 'vg', members: ['sda2', 'sdb'] },
    ]);
  });

  it('mdstat: arrays with their members', () => {
    const text =
      'Personalities : [raid1]\nmd127 : active (auto-read-only) raid1 sdb1[1] sda1[0](F)\n      97 blocks\nunused devices: <none>\n';
    expect([...parseMdstat(text)]).toEqual([['md127', ['sdb1', 'sda1']]]);
  });
});
