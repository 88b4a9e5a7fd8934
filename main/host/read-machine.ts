import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type { BoardFacts, MachineFacts, Mount, PhysicalSlot } from '../../shared/machine.ts';
import { exactBdf } from './device-path.ts';
import { KERNEL_LOG_LINES, TEXT_BYTES } from './limits.ts';
import { readLine, readText } from './read-text.ts';
import type { Source } from './source.ts';

const SLOTS = 'sys/bus/pci/slots';
const DMI = 'sys/class/dmi/id';

/** Where a source may hold the kernel's log: ours, a plain copy, sosreport's. */
const KERNEL_LOGS = ['airlock/kernel-log', 'var/log/dmesg', 'sos_commands/kernel/dmesg'];
const LOG_LINE = /\b(pci|pcie|pcieport|iommu|dmar|amd-vi|ivrs|smmu|vfio|acs|agp|ats|vmd)\b|iommu/i;

/** Reads the facts about the machine as a whole. */
export function readMachine(source: Source): MachineFacts {
  return {
    board: readBoard(source),
    osName: readOsName(source),
    physicalSlots: readPhysicalSlots(source),
    kernelLog: readKernelLog(source),
    mounts: readMounts(source),
    loadedModules: readModules(source),
  };
}

function readBoard(source: Source): BoardFacts {
  const line = (name: string) => readLine(source, `${DMI}/${name}`);
  return {
    systemVendor: line('sys_vendor'),
    productName: line('product_name'),
    boardVendor: line('board_vendor'),
    boardName: line('board_name'),
    biosVendor: line('bios_vendor'),
    biosVersion: line('bios_version'),
    biosDate: line('bios_date'),
  };
}

/** @see os-release(5): values may be quoted as in a shell */
function readOsName(source: Source): Fact<string> {
  const inEtc = readText(source, 'etc/os-release');
  const text = known(inEtc) === undefined ? readText(source, 'usr/lib/os-release') : inEtc;
  if (text === undefined || isUnreadable(text)) return text;
  return /^PRETTY_NAME=(["']?)(.*)\1$/m.exec(text)?.[2];
}

/** `address` holds domain, bus and device: `0000:03:00`. */
function readPhysicalSlots(source: Source): readonly PhysicalSlot[] {
  const names = source.list(SLOTS);
  if (!names.ok) return [];
  return names.value.toSorted().map((name) => {
    const address = known(readLine(source, `${SLOTS}/${name}/address`));
    return { name, bdf: address === undefined ? undefined : exactBdf(`${address}.0`) };
  });
}

function readKernelLog(source: Source): Fact<readonly string[]> {
  // A log file of the running host may be of an earlier boot.
  const paths = source.info.kind === 'live' ? [] : KERNEL_LOGS;
  for (const path of paths) {
    const text = known(readText(source, path, 4 * TEXT_BYTES));
    if (text === undefined) continue;
    return text
      .split('\n')
      .filter((line) => LOG_LINE.test(line))
      .slice(0, KERNEL_LOG_LINES);
  }
  return unreadable('NOT_RECORDED');
}

/** Only what lies on a block device; `mounts` is a link to the file of the reading process. */
function readMounts(source: Source): Fact<readonly Mount[]> {
  const own = readText(source, 'proc/self/mounts');
  const text = known(own) === undefined ? readText(source, 'proc/mounts') : own;
  if (text === undefined || isUnreadable(text)) return text ?? unreadable('NOT_RECORDED');
  return [...text.split('\n').flatMap(parseMount), ...readSwaps(source)];
}

function readSwaps(source: Source): readonly Mount[] {
  const lines = (known(readText(source, 'proc/swaps')) ?? '').split('\n');
  return lines.flatMap((line) => {
    const device = unescapeField(line.split(/\s+/)[0] ?? '');
    return device.startsWith('/dev/') ? [{ device, mountPoint: 'swap' }] : [];
  });
}

function parseMount(line: string): readonly Mount[] {
  const [device = '', mountPoint = ''] = line.split(' ').map(unescapeField);
  return device.startsWith('/dev/') && mountPoint !== '' ? [{ device, mountPoint }] : [];
}

/** White space appears in octal: `\040`. @see Linux fs/seq_file.c, `mangle_path()` */
function unescapeField(field: string): string {
  return field.replace(/\\([0-7]{3})/g, (_, octal: string) =>
    String.fromCharCode(parseInt(octal, 8)),
  );
}

function readModules(source: Source): Fact<readonly string[]> {
  const text = readText(source, 'proc/modules');
  if (text === undefined || isUnreadable(text)) return text;
  return text
    .split('\n')
    .flatMap((line) => line.split(' ', 1))
    .filter((name) => name !== '');
}
