import { dirname, relative } from 'node:path';
import type { TreeFunction, TreeOptions } from './build-tree.ts';

/** One device of `sys/class/block` of a made-up host. */
export interface TreeBlock {
  /** Directory below `sys/devices`, the name of the device last. */
  readonly path: string;
  readonly number: string;
  readonly slaves?: readonly string[];
  /** More files: `dm/name`, `md/level`, `loop/backing_file`. */
  readonly files?: Readonly<Record<string, string>>;
}

/** Directory of a function on the root bus. */
const at = (slot: string) => `pci0000:00/0000:00:${slot}.0`;

/** Where each disk of the host hangs. */
export const STORAGE_SLOTS = {
  firstNvme: '0000:00:02.0',
  secondNvme: '0000:00:03.0',
  btrfsSata: '0000:00:04.0',
  zfsSata: '0000:00:05.0',
  firstPath: '0000:00:07.0',
  secondPath: '0000:00:08.0',
  backing: '0000:00:09.0',
  cache: '0000:00:0a.0',
  usb: '0000:00:0b.0',
  idle: '0000:00:0c.0',
} as const;

const nvme = (slot: string, controller: number) =>
  `${at(slot)}/nvme/nvme${controller}/nvme${controller}n1`;
const sata = (slot: string, host: number, disk: string) =>
  `${at(slot)}/ata${host}/host${host}/target${host}:0:0/${host}:0:0:0/block/${disk}`;
const UUID = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';

/**
 * A host with LVM on LUKS on RAID 1 over two NVMe disks, btrfs over two disks, a ZFS pool, a loop
 * device, bcache, and an NVMe namespace with two paths; after the kernel's documentation of these
 * folders, since no machine at hand has all of it.
 */
const BLOCKS: readonly TreeBlock[] = [
  { path: nvme('02', 0), number: '259:0' },
  { path: `${nvme('02', 0)}/nvme0n1p1`, number: '259:1' },
  { path: `${nvme('02', 0)}/nvme0n1p2`, number: '259:2' },
  { path: nvme('03', 1), number: '259:3' },
  { path: `${nvme('03', 1)}/nvme1n1p2`, number: '259:4' },
  {
    path: 'virtual/block/md0',
    number: '9:0',
    slaves: ['nvme0n1p2', 'nvme1n1p2'],
    files: { 'md/level': 'raid1\n' },
  },
  {
    path: 'virtual/block/dm-0',
    number: '253:0',
    slaves: ['md0'],
    files: { 'dm/name': 'crypt\n', 'dm/uuid': `CRYPT-LUKS2-${UUID.replaceAll('-', '')}-crypt\n` },
  },
  {
    path: 'virtual/block/dm-1',
    number: '253:1',
    slaves: ['dm-0'],
    files: { 'dm/name': 'vg-root\n', 'dm/uuid': 'LVM-abcDEF\n' },
  },
  {
    path: 'virtual/block/dm-2',
    number: '253:2',
    slaves: ['dm-0'],
    files: { 'dm/name': 'vg-swap\n', 'dm/uuid': 'LVM-abcXYZ\n' },
  },
  { path: sata('04', 1, 'sda'), number: '8:0' },
  { path: sata('04', 2, 'sdb'), number: '8:16' },
  { path: sata('05', 3, 'sdc'), number: '8:32' },
  { path: `${sata('05', 3, 'sdc')}/sdc1`, number: '8:33' },
  { path: 'virtual/nvme-subsystem/nvme-subsys2/nvme2n1', number: '259:8' },
  { path: `${at('07')}/nvme/nvme2/nvme2c2n1`, number: '0:0' },
  { path: sata('09', 4, 'sdd'), number: '8:48' },
  { path: `${at('0a')}/nvme/nvme4/nvme4n1`, number: '259:9' },
  { path: 'virtual/block/bcache0', number: '251:0', slaves: ['sdd'] },
  { path: `${at('0b')}/usb1/1-2/1-2:1.0/host9/target9:0:0/9:0:0:0/block/sde`, number: '8:64' },
  { path: `${at('0b')}/usb1/1-2/1-2:1.0/host9/target9:0:0/9:0:0:0/block/sde/sde1`, number: '8:65' },
  {
    path: 'virtual/block/loop0',
    number: '7:0',
    files: { 'loop/backing_file': '/media/usb/image\n' },
  },
  { path: nvme('0c', 6), number: '259:12' },
];

const MOUNTINFO = [
  '22 1 253:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw',
  '23 22 259:1 / /boot/efi rw,relatime shared:2 - vfat /dev/nvme0n1p1 rw',
  '24 22 0:30 /@home /home rw shared:3 - btrfs /dev/sda rw,subvol=/@home',
  '25 22 0:31 / /tank rw shared:4 - zfs tank rw',
  '26 22 259:8 / /srv/a\\040b rw shared:5 - xfs /dev/nvme2n1 rw',
  '27 22 251:0 / /var/lib/vm rw shared:6 - ext4 /dev/bcache0 rw',
  '28 22 8:65 / /media/usb rw shared:7 - ext4 /dev/sde1 rw',
  '29 22 7:0 / /mnt rw shared:8 - squashfs /dev/loop0 ro',
  '30 22 0:5 / /proc rw shared:9 - proc proc rw',
  '',
].join('\n');

const ZPOOL_STATUS = `  pool: tank
 state: ONLINE
config:

\tNAME         STATE     READ WRITE CKSUM
\ttank         ONLINE       0     0     0
\t  /dev/sdc1  ONLINE       0     0     0

errors: No known data errors
`;

/** The whole host, for `buildTree`. */
export function storageTree(): TreeOptions {
  const links: Record<string, string> = {};
  const files: Record<string, string> = {
    'proc/self/mountinfo': MOUNTINFO,
    'proc/swaps': 'Filename\tType\tSize\tUsed\tPriority\n/dev/dm-2 partition 8388604 0 -2\n',
    'airlock/zpool-status': ZPOOL_STATUS,
    'airlock/lvm': '  /dev/mapper/crypt\tvg\n',
  };
  const link = (from: string, to: string) => (links[from] = relative(dirname(from), to));
  const directories = new Map(BLOCKS.map(({ path }) => [nameOf(path), `sys/devices/${path}`]));
  for (const { path, number, slaves = [], files: more = {} } of BLOCKS) {
    const directory = `sys/devices/${path}`;
    link(`sys/class/block/${nameOf(path)}`, directory);
    files[`${directory}/dev`] = `${number}\n`;
    for (const [name, content] of Object.entries(more)) files[`${directory}/${name}`] = content;
    for (const slave of slaves) link(`${directory}/slaves/${slave}`, directories.get(slave) ?? '');
  }
  for (const disk of ['sda', 'sdb']) {
    link(`sys/fs/btrfs/${UUID}/devices/${disk}`, directories.get(disk) ?? '');
  }
  files[`${directories.get('sdd')}/bcache/state`] = 'dirty\n';
  files[`${directories.get('nvme4n1')}/bcache/label`] = '\n';
  link(`sys/fs/bcache/${UUID}/bdev0`, `${directories.get('sdd')}/bcache`);
  link(`sys/fs/bcache/${UUID}/cache0`, `${directories.get('nvme4n1')}/bcache`);
  const subsystem = 'sys/devices/virtual/nvme-subsystem/nvme-subsys2';
  link('sys/class/nvme-subsystem/nvme-subsys2', subsystem);
  for (const [slot, name] of [
    ['07', 'nvme2'],
    ['08', 'nvme3'],
  ] as const) {
    const controller = `sys/devices/${at(slot)}/nvme/${name}`;
    files[`${controller}/transport`] = 'pcie\n';
    link(`${subsystem}/${name}`, controller);
  }
  return { functions: Object.entries(STORAGE_SLOTS).map(storageFunction), files, links };
}

function storageFunction([use, bdf]: readonly [string, string], index: number): TreeFunction {
  const isUsb = use === 'usb';
  const isSata = /Sata|backing/.test(use);
  return {
    bdf,
    config: {
      classCode: isUsb ? 0x0c0330 : isSata ? 0x010601 : 0x010802,
      deviceId: 0x1000 + index,
    },
    group: String(index),
    driver: isUsb ? 'xhci_hcd' : isSata ? 'ahci' : 'nvme',
    files: { reset_method: 'flr\n' },
  };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
