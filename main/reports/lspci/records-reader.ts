import type { Bdf } from '../../../shared/bdf.ts';
import { classByName } from '../../pci/class-name.ts';
import { joinIds } from '../../pci/parse-identity.ts';
import type { FactSheet } from '../fact-sheet.ts';
import type { LineReader } from '../line-reader.ts';
import { startAddress } from '../parse-address.ts';
import type { ReportLine } from '../report-line.ts';

/**
 * Reads what lspci prints for programs: `-vmm` (`Slot:`, `Class:`, … and an empty line after each
 * function), `-vm` (the first key is `Device:` there), and `-mm`, all on one line in quotes.
 *
 * @see pciutils lspci.c, `show_machine()`
 */
export function recordsReader(sheet: FactSheet): LineReader {
  let record: Record | undefined;
  const finish = (): void => {
    if (record) stateRecord(sheet, record);
    record = undefined;
  };
  return {
    kind: 'lspci-records',
    begins: (line) => slotOf(line) !== undefined || quotedOf(line) !== undefined,
    take: (line) => {
      const quoted = quotedOf(line.text);
      const slot = slotOf(line.text);
      if (quoted ?? slot) finish();
      if (quoted) stateQuoted(sheet, quoted, line);
      if (slot) record = { bdf: slot, line: line.number, keys: new Map() };
      if (quoted ?? slot) return true;
      if (line.text.trim() === '') return endOf(record, finish);
      return record !== undefined && takeKey(record, line.text);
    },
    end: finish,
  };
}

interface Record {
  readonly bdf: Bdf;
  readonly line: number;
  readonly keys: Map<string, string>;
}

function endOf(record: Record | undefined, finish: () => void): boolean {
  finish();
  return record !== undefined;
}

const SLOT = /^(?:Slot|Device):\s+(\S+)\s*$/;

function slotOf(line: string): Bdf | undefined {
  const address = startAddress(SLOT.exec(line)?.[1] ?? '');
  return address?.rest === '' ? address.bdf : undefined;
}

const KEY =
  /^(Class|Vendor|Device|SVendor|SDevice|PhySlot|Rev|ProgIf|Driver|Module|NUMANode|DTNode|IOMMUGroup):\s+(.*)$/;

function takeKey({ keys }: Record, line: string): boolean {
  const match = KEY.exec(line.trim());
  if (!match) return false;
  const [, key = '', value = ''] = match;
  if (!keys.has(key)) keys.set(key, value.trim());
  return true;
}

function stateRecord(sheet: FactSheet, { bdf, line, keys }: Record): void {
  const source = { origin: 'lspci', line } as const;
  sheet.mention(bdf);
  const number = (key: string, radix: number) => parseNumber(keys.get(key), radix);
  const classCode = classOf(keys.get('Class') ?? '');
  sheet.state(bdf, 'classCode', classCode && classCode | (number('ProgIf', 16) ?? 0), source);
  sheet.state(bdf, 'vendorId', idOf(keys.get('Vendor')), source);
  sheet.state(bdf, 'deviceId', idOf(keys.get('Device')), source);
  sheet.state(bdf, 'subsystem', subsystemOf(keys.get('SVendor'), keys.get('SDevice')), source);
  sheet.state(bdf, 'revision', number('Rev', 16), source);
  sheet.state(bdf, 'physicalSlot', keys.get('PhySlot'), source);
  sheet.state(bdf, 'numaNode', number('NUMANode', 10), source);
  sheet.state(bdf, 'name', nameOf(keys.get('Vendor'), keys.get('Device')), source);
  if (keys.has('Driver')) sheet.state(bdf, 'driver', keys.get('Driver'), source);
  if (keys.has('IOMMUGroup')) sheet.state(bdf, 'group', keys.get('IOMMUGroup'), source);
}

function parseNumber(text: string | undefined, radix: number): number | undefined {
  return text !== undefined && /^[0-9a-f]{1,4}$/i.test(text) ? parseInt(text, radix) : undefined;
}

/** `Name [10de]` with `-nn`, `10de` with `-n`. */
function idOf(text = ''): number | undefined {
  const digits = /(?:^|\[)([0-9a-f]{4})\]?$/i.exec(text)?.[1];
  return digits === undefined ? undefined : parseInt(digits, 16);
}

function classOf(text: string): number | undefined {
  const id = idOf(text);
  return id === undefined ? classByName(text) : id << 8;
}

function subsystemOf(vendor: string | undefined, device: string | undefined): number | undefined {
  const [vendorId, deviceId] = [idOf(vendor), idOf(device)];
  return vendorId === undefined || deviceId === undefined ? undefined : joinIds(vendorId, deviceId);
}

function nameOf(vendor = '', device = ''): string | undefined {
  const names = [vendor, device].map((text) => text.replace(/\s*\[[0-9a-f]{4}\]$/i, ''));
  return names.join(' ').trim() || undefined;
}

interface Quoted {
  readonly bdf: Bdf;
  readonly words: readonly string[];
  readonly rest: string;
}

/** `00:02.0 "Class" "Vendor" "Device" -r0c -p00 "SVendor" "SDevice"`; `\"` stands for a quote. */
function quotedOf(line: string): Quoted | undefined {
  const addressed = startAddress(line);
  if (!addressed?.rest.startsWith('"')) return undefined;
  const words = [...addressed.rest.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1] ?? '');
  return words.length < 3 ? undefined : { bdf: addressed.bdf, words, rest: addressed.rest };
}

function stateQuoted(sheet: FactSheet, { bdf, words, rest }: Quoted, line: ReportLine): void {
  const keys = new Map<string, string>();
  ['Class', 'Vendor', 'Device', 'SVendor', 'SDevice'].forEach((key, at) => {
    const word = words[at];
    if (word !== undefined && word !== '') keys.set(key, word);
  });
  const revision = / -r([0-9a-f]{2})\b/.exec(rest)?.[1];
  const programming = / -p([0-9a-f]{2})\b/.exec(rest)?.[1];
  if (revision !== undefined) keys.set('Rev', revision);
  if (programming !== undefined) keys.set('ProgIf', programming);
  stateRecord(sheet, { bdf, line: line.number, keys });
}
