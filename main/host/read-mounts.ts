import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type { Mount, Swap } from '../../shared/storage.ts';
import { readText } from './read-text.ts';
import type { Source } from './source.ts';

/** File systems that lie on no disk of this host. */
const WITHOUT_DISK = new Set(
  'binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs fuse.gvfsd-fuse fuse.lxcfs fuse.portal fusectl hugetlbfs mqueue nsfs overlay proc pstore ramfs rootfs rpc_pipefs securityfs selinuxfs squashfuse sysfs tmpfs tracefs'.split(
    ' ',
  ),
);

/** Where a mount on access hides a disk that the host needs; elsewhere it is a convenience. */
const NEEDED_PLACES = /^\/(boot|efi)(\/|$)/;

/**
 * Reads what is mounted, from `mountinfo`, which has numbers of devices, or else an older table.
 *
 * @see proc_pid_mountinfo(5)
 */
export function readMounts(source: Source): Fact<readonly Mount[]> {
  const info = readText(source, 'proc/self/mountinfo');
  if (known(info)) return parseMountInfo(known(info) ?? '');
  for (const path of ['proc/self/mounts', 'proc/mounts']) {
    const text = known(readText(source, path));
    if (text !== undefined && text !== '') return parseMountTable(text);
  }
  return isUnreadable(info) ? info : unreadable('NOT_RECORDED');
}

/** Lines of `36 35 98:0 /root /mnt rw,noatime shared:1 - ext3 /dev/root rw`. */
export function parseMountInfo(text: string): readonly Mount[] {
  const mounts = text.split('\n').flatMap((line) => {
    const [place = '', kind = ''] = line.split(' - ');
    const [, , number = '', , mountPoint = ''] = place.split(' ');
    const [fileSystem = '', source = ''] = kind.split(' ');
    if (mountPoint === '' || !/^\d+:\d+$/.test(number) || isWithoutDisk(fileSystem, mountPoint)) {
      return [];
    }
    return [
      { mountPoint: unescapeField(mountPoint), source: unescapeField(source), fileSystem, number },
    ];
  });
  return withoutCovered(mounts);
}

/** Lines of `/dev/sda1 / ext4 rw 0 0`. */
export function parseMountTable(text: string): readonly Mount[] {
  const mounts = text.split('\n').flatMap((line) => {
    const [source = '', mountPoint = '', fileSystem = ''] = line.split(' ').map(unescapeField);
    if (mountPoint === '' || isWithoutDisk(fileSystem, mountPoint)) return [];
    return [{ mountPoint, source, fileSystem, number: undefined }];
  });
  return withoutCovered(mounts);
}

function isWithoutDisk(fileSystem: string, mountPoint: string): boolean {
  if (fileSystem === 'autofs') return !NEEDED_PLACES.test(mountPoint);
  return WITHOUT_DISK.has(fileSystem);
}

/** Once somebody has looked, the real mount lies on top of the one on access. */
function withoutCovered(mounts: readonly Mount[]): readonly Mount[] {
  const real = new Set(
    mounts.flatMap(({ fileSystem, mountPoint }) => (fileSystem === 'autofs' ? [] : [mountPoint])),
  );
  return mounts.filter(
    ({ fileSystem, mountPoint }) => fileSystem !== 'autofs' || !real.has(mountPoint),
  );
}

/** Lines of `/dev/dm-1 partition 8388604 0 -2` below a heading. */
export function readSwaps(source: Source): Fact<readonly Swap[]> {
  const text = readText(source, 'proc/swaps');
  if (text === undefined || isUnreadable(text)) return text ?? unreadable('NOT_RECORDED');
  return text.split('\n').flatMap((line) => {
    const [name = '', kind = ''] = line.split(/\s+/);
    if (!name.startsWith('/')) return [];
    return [{ source: unescapeField(name), isFile: kind === 'file' }];
  });
}

/** White space appears in octal: `\040`. @see Linux fs/seq_file.c, `mangle_path()` */
function unescapeField(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(parseInt(octal, 8)),
  );
}
