import type { Limits } from './limits.ts';
import { directoryOf, isDisplacedSysfsLink, resolveLink } from './link-target.ts';
import { ArchiveRefusal } from './open-error.ts';
import { isReportFile } from './report-files.ts';
import { quoteName } from './quote-name.ts';

/** Parts of the tree that are kept, by their first component. */
const WANTED = new Set(['sys', 'proc', 'etc', 'airlock', 'manifest.json']);
/** Files elsewhere that the reader looks for. */
const WANTED_FILES = new Set(['usr/lib/os-release', 'var/log/dmesg', 'sos_commands/kernel/dmesg']);
/** What a kernel was built with; the rest of its folder is large. */
const KERNEL_TABLE = /^(usr\/)?lib\/modules\/[^/]+\/modules\.(builtin|alias)$/;
/** Boot loader and initramfs, where they lie beside `etc`. */
const BOOT_FILE =
  /^((boot\/|boot\/efi\/|efi\/)loader\/|boot\/(refind_linux\.conf|config\/vfio-pci\.cfg)$|usr\/lib\/dracut\/dracut\.conf\.d\/)/;
/** What QEMU said; libvirt keeps a log for each machine. */
const GUEST_LOG = /^var\/log\/libvirt\/qemu\/[^/]+\.log$/;
/** Processes: many, and none of our business. */
const PROCESS = /^proc\/\d+(\/|$)/;
/** Where an absolute link is ordinary: the kernel writes none, distributions write many. */
const MAY_LINK_ABSOLUTE = /^([^/]+\/)?(etc|proc\/\w+)\//;

/**
 * Brings the name of an entry into the form in which the tree is kept: no `./`, no final slash.
 *
 * A name that leaves the archive, or that would print as more than one line, does not come from
 * a tool that packs system files: the archive is refused.
 *
 * @returns The path, empty for the top itself.
 */
export function checkEntryName(name: string, limits: Limits): string {
  if (name.length > limits.pathLength) {
    throw new ArchiveRefusal('unsafe', `the name of entry ${quoteName(name)} is too long`);
  }
  if (/[\0-\x1f\x7f]/.test(name)) {
    const reason = `the name of entry "${quoteName(name)}" has control characters`;
    throw new ArchiveRefusal('unsafe', reason);
  }
  if (name.startsWith('/')) {
    throw new ArchiveRefusal('unsafe', `entry ${quoteName(name)} has an absolute name`);
  }
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.includes('..')) {
    throw new ArchiveRefusal('unsafe', `entry ${quoteName(name)} leads out of the archive`);
  }
  if (parts.length > limits.pathDepth) {
    throw new ArchiveRefusal('unsafe', `entry ${quoteName(name)} lies too deep`);
  }
  return parts.join('/');
}

/**
 * Refuses a link that leads out of the archive, wherever it lies.
 *
 * Nothing outside is ever read through a link; but a tree with such a link does not mean what it
 * seems to mean. Absolute links are let pass where distributions have them, and lead nowhere.
 */
export function checkLink(path: string, target: string): void {
  if (!leadsOut(path, target)) return;
  throw new ArchiveRefusal(
    'unsafe',
    `the link ${quoteName(path)} -> ${quoteName(target)} leads out of the archive`,
  );
}

function leadsOut(path: string, target: string): boolean {
  if (target.startsWith('/')) {
    const isOrdinary = MAY_LINK_ABSOLUTE.test(path) || (path.includes('/') && !isKept(path));
    return !isOrdinary;
  }
  return resolveLink(directoryOf(path), target) === undefined && !isDisplacedSysfsLink(target);
}

/**
 * Whether the reader may ask for a path; archives of others hold much that it will not. The tree
 * may lie in one folder, as in the archives of sosreport and hwloc.
 */
export function isKept(path: string): boolean {
  if (isWanted(path)) return true;
  const slash = path.indexOf('/');
  return slash > 0 && isWanted(path.slice(slash + 1));
}

function isWanted(path: string): boolean {
  const slash = path.indexOf('/');
  const top = slash < 0 ? path : path.slice(0, slash);
  if (WANTED.has(top)) return top !== 'proc' || !PROCESS.test(path);
  return (
    isReportFile(path) ||
    WANTED_FILES.has(path) ||
    [KERNEL_TABLE, BOOT_FILE, GUEST_LOG].some((pattern) => pattern.test(path))
  );
}
