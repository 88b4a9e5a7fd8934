import { isUnreadable, known, unreadable, type Fact } from '../../shared/fact.ts';
import type { BoardFacts, MachineFacts, PhysicalSlot } from '../../shared/machine.ts';
import type { RemoteSession } from '../../shared/network.ts';
import { exactBdf } from './device-path.ts';
import { readBootFacts } from './read-boot-facts.ts';
import { KERNEL_LOG_LINES, TEXT_BYTES } from './limits.ts';
import { readGuestLogs } from './read-guest-logs.ts';
import { readHypervisor } from './read-hypervisor.ts';
import { readMemory } from './read-memory.ts';
import { readNetwork } from './read-network.ts';
import { readProcessors } from './read-processors.ts';
import { readSeat } from './read-seat.ts';
import { readSetup } from './read-setup.ts';
import { readStorage } from './read-storage.ts';
import { readLine, readText } from './read-text.ts';
import { readUsers } from './read-users.ts';
import type { Source } from './source.ts';

const SLOTS = 'sys/bus/pci/slots';
const DMI = 'sys/class/dmi/id';

/** Where a source may hold the kernel's log: ours, a plain copy, sosreport's. */
const KERNEL_LOGS = ['airlock/kernel-log', 'var/log/dmesg', 'sos_commands/kernel/dmesg'];
const LOG_LINE = /\b(pci|pcie|pcieport|iommu|dmar|amd-vi|ivrs|smmu|vfio|acs|agp|ats|vmd)\b|iommu/i;

/** What the reading of the machine needs from elsewhere. */
export interface MachineContext {
  /** `uname -r`: where the kernel's modules lie. */
  readonly kernelRelease: Fact<string>;
  /** The SSH connection that a live reading runs in. */
  readonly session?: RemoteSession | undefined;
}

/** Reads the facts about the machine as a whole. */
export function readMachine(source: Source, context: MachineContext): MachineFacts {
  return {
    board: readBoard(source),
    osName: readOsName(source),
    physicalSlots: readPhysicalSlots(source),
    kernelLog: readKernelLog(source),
    guestLogs: readGuestLogs(source),
    loadedModules: readModules(source),
    storage: readStorage(source),
    network: readNetwork(source, context.session),
    seat: readSeat(source),
    users: readUsers(source),
    setup: readSetup(source, context.kernelRelease),
    boot: readBootFacts(source),
    processors: readProcessors(source),
    memory: readMemory(source),
    hypervisor: readHypervisor(source),
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

function readModules(source: Source): Fact<readonly string[]> {
  const text = readText(source, 'proc/modules');
  if (text === undefined || isUnreadable(text)) return text;
  return text
    .split('\n')
    .flatMap((line) => line.split(' ', 1))
    .filter((name) => name !== '');
}
