import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type { Mount, Swap } from '../../shared/storage.ts';
import { readText } from './read-text.ts';
import type { Source } from './source.ts';

/** File systems that lie on no disk of this host. */
const WITHOUT_DISK = new Set(
  'autofs binfmt_misc bpf cgroup cgroup2 configfs debugfs devpts devtmpfs efivarfs fuse.gvfsd-fuse fuse.lxcfs fuse.portal fusectl hugetlbfs mqueue nsfs overlay proc pstore ramfs rootfs rpc_pipefs securityfs selinuxfs squashfuse sysfs tmpfs tracefs'.split(
    ' ',
  ),
);

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
  return text.split('\n').flatMap((line) => {
    const [place = '', kind = ''] = line.split(' - ');
    const [, , number = '', , mountPoint = ''] = place.split(' ');
    const [fileSystem = '', source = ''] = kind.split(' ');
    if (mountPoint === '' || !/^\d+:\d+$/.test(number) || WITHOUT_DISK.has(fileSystem)) return [];
    return [
      { mountPoint: unescapeField(mountPoint), source: unescapeField(source), fileSystem, number },
    ];
  });
}

/** Lines of `/dev/sda1 / ext4 rw 0 0`. */
export function parseMountTable(text: string): readonly Mount[] {
  return text.split('\n').flatMap((line) => {
    const [source = '', mountPoint = '', fileSystem = ''] = line.split(' ').map(unescapeField);
    if (mountPoint === '' || WITHOUT_DISK.has(fileSystem)) return [];
    return [{ mountPoint, source, fileSystem, number: undefined }];
  });
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
