import { execFile } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What libvirt's driver for QEMU made of one domain. */
export interface Conversion {
  /** QEMU's command line as a line of a shell; empty where it was refused. */
  readonly line: string;
  /** libvirt's own words. */
  readonly error: string;
}

/**
 * Runs in namespaces of its own, with the accounts and hugepages that the driver wants to see; a
 * `tap` that it opens is gone with the namespace. Each domain is one run of virsh.
 *
 * @see libvirt docs/drvqemu.rst, "Embedded driver"
 */
const SCRIPT = `set -e
cd "$1"
mount --bind passwd /etc/passwd
mount --bind group /etc/group
mount -t hugetlbfs -o pagesize=2M none "$1/huge-2M"
mount -t hugetlbfs -o pagesize=1G none "$1/huge-1G"
ip link set lo up || :
ip link add br1 type bridge || :
for xml in domains/*.xml; do
  virsh -q -c "qemu:///embed?root=$1" domxml-to-native qemu-argv "$xml" >"$xml.argv" 2>"$xml.error" || :
done
`;

/** Whether this process can open `/dev/kvm`: libvirt asks QEMU with it what there is. */
export function canUseKvm(): boolean {
  try {
    closeSync(openSync('/dev/kvm', 'r+'));
    return true;
  } catch {
    return false;
  }
}

/**
 * Converts domains with the driver for QEMU that lives in the client, without a daemon.
 *
 * @param root - An empty directory with a short path.
 */
export async function convertDomains(
  root: string,
  domains: readonly string[],
): Promise<readonly Conversion[]> {
  for (const folder of ['etc', 'domains', 'huge-2M', 'huge-1G']) {
    mkdirSync(join(root, folder), { recursive: true });
  }
  const accounts = (file: string, line: string) =>
    writeFileSync(join(root, file), `${readFileSync(`/etc/${file}`, 'utf8').trimEnd()}\n${line}`);
  accounts('passwd', 'libvirt-qemu:x:64055:64055::/nonexistent:/usr/sbin/nologin\n');
  accounts('group', 'libvirt-qemu:x:64055:\nlibvirt:x:64056:\n');
  const mounts = ['huge-2M', 'huge-1G'].map((name) => JSON.stringify(join(root, name)));
  writeFileSync(
    join(root, 'etc/qemu.conf'),
    `user = "root"\ngroup = "root"\nhugetlbfs_mount = [${mounts.join(', ')}]\n`,
  );
  const paths = domains.map((_xml, index) =>
    join(root, 'domains', `${String(index).padStart(3, '0')}.xml`),
  );
  domains.forEach((xml, index) => writeFileSync(paths[index] ?? '', xml));
  await promisify(execFile)('unshare', ['-m', '-n', 'sh', '-c', SCRIPT, 'sh', root]);
  return paths.map((path) => ({
    line: readFileSync(`${path}.argv`, 'utf8').trim(),
    error: readFileSync(`${path}.error`, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('error: '))
      .join('\n'),
  }));
}
