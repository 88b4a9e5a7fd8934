import { parseBdf, type Bdf } from '../../shared/bdf.ts';
import type { PortType } from '../../shared/host.ts';
import type { FactSheet } from './fact-sheet.ts';
import { stateFile } from './host-files.ts';
import type { LineReader } from './line-reader.ts';
import type { ReportLine } from './report-line.ts';

/**
 * Reads the kernel's log, from dmesg, from journalctl or from a file: which functions were found,
 * which buses lie below each bridge, which group each got, and how the kernel was started.
 *
 * Of several boots the last counts.
 */
export function kernelLogReader(sheet: FactSheet): LineReader {
  let groups = new Map<Bdf, Grouped>();
  let tables: TablesSeen = { areListed: false, names: new Set() };
  let log: string[] = [];
  return {
    kind: 'kernel-log',
    begins: isLogLine,
    take: (line) => {
      if (!isLogLine(line.text)) return log.length > 0 && line.text.trim() === '';
      const message = line.text.trim();
      if (LINUX_VERSION.test(message)) groups = new Map();
      log.push(message);
      noteGroup(groups, message, line.number);
      noteTable(tables, message);
      stateFunction(sheet, message, line);
      stateBoot(sheet, message);
      return true;
    },
    end: () => {
      for (const [bdf, { group, line }] of groups) {
        sheet.state(bdf, 'group', group, { origin: 'kernel-log', line });
      }
      if (tables.areListed) stateTables(sheet, tables.names);
      if (log.length > 0) stateFile(sheet, 'var/log/dmesg', log.join('\n'));
      groups = new Map();
      tables = { areListed: false, names: new Set() };
      log = [];
    },
  };
}

interface Grouped {
  readonly group: string;
  readonly line: number;
}

interface TablesSeen {
  areListed: boolean;
  readonly names: Set<string>;
}

const STAMP = /^\s*(?:<\d+>)?\[ *\d{1,8}\.\d{3,9}(?:\]| T\d+\])/;
const SYSLOG = /^\s*[^[\]]{0,60}\bkernel(?:\[\d+\])?: /;
const DATED = /^\s*\[\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}\]/;
/** Drivers and subsystems whose lines are worth reading where a paste lost the time. */
const BARE =
  /^\s*(?:(?:pci|pcieport|vfio-pci|pci_bus|vfio_pci) [0-9a-f]{4,8}:[0-9a-f]{2}|(?:iommu|DMAR|AMD-Vi|PCI-DMA|vfio-pci|Linux version|Kernel command line|Command line)(?:: | \d))/;

function isLogLine(line: string): boolean {
  return STAMP.test(line) || BARE.test(line) || SYSLOG.test(line) || DATED.test(line);
}

const LINUX_VERSION = /\bLinux version \d+\.\d+/;
const ADDING =
  /\b([0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]): Adding to iommu group (\d{1,6})\b/;
/** Before Linux 5.3. */
const ADDING_OF_OLD =
  /\biommu: Adding device ([0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]) to group (\d{1,6})\b/;
const REMOVING = /\b([0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]): Removing from iommu group \d+/;

/** @see Linux drivers/iommu/iommu.c, `iommu_group_add_device()` */
function noteGroup(groups: Map<Bdf, Grouped>, message: string, line: number): void {
  const added = ADDING.exec(message) ?? ADDING_OF_OLD.exec(message);
  const bdf = added && parseBdf(added[1] ?? '');
  if (added && bdf) groups.set(bdf, { group: String(Number(added[2])), line });
  const removed = parseBdf(REMOVING.exec(message)?.[1] ?? '');
  if (removed) groups.delete(removed);
}

/** The kernel lists all tables of the firmware; an excerpt may hold one of them alone. */
function noteTable(tables: TablesSeen, message: string): void {
  const name = /\bACPI: ([A-Z]{4})[0-9 ]? ?0x[0-9A-F]{8}/.exec(message)?.[1];
  if (name === undefined) return;
  if (name === 'DSDT' || name === 'FACP' || name === 'FACS') tables.areListed = true;
  tables.names.add(name);
}

function stateTables(sheet: FactSheet, names: ReadonlySet<string>): void {
  sheet.files.addDirectory('sys/firmware/acpi/tables');
  for (const name of names) stateFile(sheet, `sys/firmware/acpi/tables/${name}`, '');
}

const PCI = /\bpci ([0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]): (.*)$/;
const FOUND =
  /^\[([0-9a-f]{4}):([0-9a-f]{4})\] type ([0-9a-f]{2}) class 0x([0-9a-f]{6})(?: (.*))?$/;
const BUSES = /^PCI bridge to \[bus ([0-9a-f]{2})(?:-([0-9a-f]{2}))?\]/;

/** @see Linux drivers/pci/probe.c, `pci_setup_device()`; drivers/pci/setup-bus.c */
function stateFunction(sheet: FactSheet, message: string, { number: line }: ReportLine): void {
  const match = PCI.exec(message);
  const bdf = match && parseBdf(match[1] ?? '');
  if (!match || !bdf) return;
  const source = { origin: 'kernel-log', line } as const;
  const hex = (text = '') => parseInt(text, 16);
  const found = FOUND.exec(match[2] ?? '');
  if (found) {
    sheet.state(bdf, 'vendorId', hex(found[1]), source);
    sheet.state(bdf, 'deviceId', hex(found[2]), source);
    sheet.state(bdf, 'headerType', hex(found[3]), source);
    sheet.state(bdf, 'classCode', hex(found[4]), source);
    sheet.state(bdf, 'portType', portTypeOf(found[5]), source);
  }
  const buses = BUSES.exec(match[2] ?? '');
  if (buses) {
    const secondary = hex(buses[1]);
    const primary = hex(bdf.slice(-7, -5));
    const subordinate = hex(buses[2] ?? buses[1]);
    sheet.state(bdf, 'bridge', { primary, secondary, subordinate }, source);
  }
}

/**
 * Since Linux 6.9 the line about a function ends with its type.
 *
 * @see Linux drivers/pci/probe.c, `pci_type_str()`
 */
const PORT_TYPES: Readonly<Record<string, PortType | 'conventional'>> = {
  'PCIe Endpoint': 'endpoint',
  'PCIe Legacy Endpoint': 'legacy-endpoint',
  'PCIe Root Port': 'root-port',
  'PCIe Switch Upstream Port': 'upstream-port',
  'PCIe Switch Downstream Port': 'downstream-port',
  'PCIe to PCI/PCI-X bridge': 'pcie-to-pci-bridge',
  'PCI/PCI-X to PCIe bridge': 'pci-to-pcie-bridge',
  'PCIe Root Complex Integrated Endpoint': 'rciep',
  'PCIe Root Complex Event Collector': 'rcec',
  'conventional PCI endpoint': 'conventional',
  'conventional PCI bridge': 'conventional',
  'CardBus bridge': 'conventional',
};

function portTypeOf(words: string | undefined): PortType | 'conventional' | undefined {
  return words === undefined ? undefined : PORT_TYPES[words.trim()];
}

/** What the kernel says of itself, as the files in which a running one says it. */
function stateBoot(sheet: FactSheet, message: string): void {
  const version = /\b(Linux version \d+\.\d+.*)$/.exec(message)?.[1];
  if (version !== undefined) stateFile(sheet, 'proc/version', version);
  const command = /\b[Cc]ommand line: (.*)$/.exec(message)?.[1];
  if (command !== undefined) stateFile(sheet, 'proc/cmdline', command);
  const board = /\bDMI: ([^/]{1,120})\/([^,]{1,120}), BIOS (.{1,64}) (\d\d\/\d\d\/\d{4})/.exec(
    message,
  );
  if (board) stateBoard(sheet, board);
}

/** @see Linux drivers/firmware/dmi_scan.c, `dmi_format_ids()` */
function stateBoard(sheet: FactSheet, [, product, board, version, date]: RegExpExecArray): void {
  const dmi = (name: string, text = '') => stateFile(sheet, `sys/class/dmi/id/${name}`, text);
  dmi('product_name', product);
  dmi('board_name', board);
  dmi('bios_version', version);
  dmi('bios_date', date);
}
