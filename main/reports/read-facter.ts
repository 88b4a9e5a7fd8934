import { parseBdf } from '../../shared/bdf.ts';
import { parseDevicePlace } from '../host/device-path.ts';
import { joinIds } from '../pci/parse-identity.ts';
import type { FactSheet } from './fact-sheet.ts';
import { stateFile } from './host-files.ts';
import { MAX_JSON_DEPTH } from './limits.ts';

/**
 * Reads JSON that describes PCI functions: a report of nixos-facter (whole, or parts of it).
 *
 * @returns False where the text is no JSON, or says nothing of PCI functions.
 */
export function readFacter(sheet: FactSheet, text: string): boolean {
  const document = parseJson(text);
  if (document === undefined) return false;
  const found = sheet.functions.size;
  visit(document, 0, (entry) => stateDevice(sheet, entry));
  if (sheet.functions.size === found) return false;
  stateHost(sheet, document);
  return true;
}

type Entry = Readonly<Record<string, unknown>>;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Calls for each object, however the report sorts its devices. */
function visit(value: unknown, depth: number, take: (entry: Entry) => void): void {
  if (depth > MAX_JSON_DEPTH || typeof value !== 'object' || value === null) return;
  if (isEntry(value)) take(value);
  for (const child of Object.values(value)) visit(child, depth + 1, take);
}

/** @see nixos-facter pkg/hwinfo, `HardwareItem` */
function stateDevice(sheet: FactSheet, entry: Entry): void {
  const bdf = parseBdf(textOf(entry.sysfs_bus_id) ?? '');
  const path = textOf(entry.sysfs_id);
  const place = path === undefined ? undefined : placeOf(path);
  if (!bdf || !place) return;
  const source = { origin: 'facter', line: 1 } as const;
  const detail = isEntry(entry.detail) ? entry.detail : {};
  sheet.mention(bdf);
  sheet.state(bdf, 'place', place, source);
  sheet.state(bdf, 'vendorId', valueOf(entry.vendor), source);
  sheet.state(bdf, 'deviceId', valueOf(entry.device), source);
  sheet.state(bdf, 'classCode', classOf(entry, detail), source);
  sheet.state(bdf, 'subsystem', subsystemOf(entry), source);
  sheet.state(bdf, 'revision', valueOf(entry.revision), source);
  sheet.state(bdf, 'name', textOf(entry.model), source);
  sheet.state(bdf, 'driver', textOf(entry.driver), source);
  const header = numberOf(detail.header_type);
  sheet.state(bdf, 'headerType', header, source);
  const group = numberOf(entry.sysfs_iommu_group_id);
  if (group !== undefined) sheet.state(bdf, 'group', String(group), source);
}

function placeOf(path: string) {
  return parseDevicePlace(path.replace(/^\/(sys\/)?/, '').replace(/\/[^/]*$/, ''));
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value.slice(0, 512) : undefined;
}

function numberOf(value: unknown): number | undefined {
  const isSmall = typeof value === 'number' && Number.isInteger(value) && value >= 0;
  return isSmall && value <= 0xffff_ffff ? value : undefined;
}

/** `{ "hex": "8086", "value": 32902 }` */
function valueOf(value: unknown): number | undefined {
  return isEntry(value) ? numberOf(value.value) : undefined;
}

/** hwinfo prints no subclass where it is zero and has no name: classes 0x12, 0x13, 0xff. */
function classOf(entry: Entry, detail: Entry): number | undefined {
  const base = valueOf(entry.base_class);
  const sub = entry.sub_class === undefined ? 0 : valueOf(entry.sub_class);
  if (base === undefined || sub === undefined || base > 0xff || sub > 0xff) return undefined;
  return (base << 16) | (sub << 8) | ((numberOf(detail.prog_if) ?? 0) & 0xff);
}

function subsystemOf(entry: Entry): number | undefined {
  const [vendor, device] = [valueOf(entry.sub_vendor), valueOf(entry.sub_device)];
  return vendor === undefined || device === undefined ? undefined : joinIds(vendor, device);
}

function stateHost(sheet: FactSheet, document: unknown): void {
  if (!isEntry(document)) return;
  const hardware = isEntry(document.hardware) ? document.hardware : document;
  const vendor = textOf(first(hardware.cpu, 'vendor_name'));
  if (vendor !== undefined) stateFile(sheet, 'proc/cpuinfo', `vendor_id\t: ${vendor}`);
  const architecture = textOf(document.system)?.split('-', 1)[0];
  if (architecture !== undefined) stateFile(sheet, 'proc/sys/kernel/arch', architecture);
  const smbios = isEntry(document.smbios) ? document.smbios : {};
  for (const [section, key, file] of DMI) {
    const text = textOf(first(smbios[section], key));
    if (text !== undefined) stateFile(sheet, `sys/class/dmi/id/${file}`, text);
  }
}

function first(value: unknown, key: string): unknown {
  const entry: unknown = Array.isArray(value) ? value[0] : value;
  return isEntry(entry) ? entry[key] : undefined;
}

const DMI: readonly (readonly [section: string, key: string, file: string])[] = [
  ['board', 'manufacturer', 'board_vendor'],
  ['board', 'product', 'board_name'],
  ['system', 'manufacturer', 'sys_vendor'],
  ['system', 'product', 'product_name'],
  ['bios', 'vendor', 'bios_vendor'],
  ['bios', 'version', 'bios_version'],
  ['bios', 'date', 'bios_date'],
];
