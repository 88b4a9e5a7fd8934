import type { Bdf } from '../../../shared/bdf.ts';
import type { FactSheet } from '../fact-sheet.ts';
import type { LineReader } from '../line-reader.ts';
import { startAddress, type Addressed } from '../parse-address.ts';
import type { ReportLine } from '../report-line.ts';
import { CapabilityNotes } from './parse-capability-line.ts';
import { takeDetail } from './parse-detail.ts';
import { parseHeader, type HeaderText } from './parse-header.ts';
import { parseHexLine, type HexLine } from './parse-hex-line.ts';

/**
 * Reads what lspci prints for people, at any depth (`-n`, `-nn`, `-k`, `-v`, `-vv`, `-x` to
 * `-xxxx`, `-D`, `-PP`): a header for each function and indented lines below it.
 */
export function lspciReader(sheet: FactSheet): LineReader {
  return new LspciReader(sheet);
}

/** One function while its lines come. */
interface Record {
  readonly bdf: Bdf;
  readonly line: number;
  readonly notes: CapabilityNotes;
  config: Uint8Array | undefined;
  configBytes: number;
  hasGroup: boolean;
  /** A line about the driver came: it is printed after everything else. */
  isWhole: boolean;
}

/** A listing shows something of all functions where it shows it of one. */
interface Listed {
  readonly bdf: Bdf;
  readonly line: number;
}

/** Any indented line belongs to the function, but for one of the kernel's log. */
const BELOW = /^\s(?!\s*\[ *\d{1,8}\.\d)/;

/** Configuration space has no more. */
const CONFIG_BYTES = 4096;

class LspciReader implements LineReader {
  readonly kind = 'lspci';
  readonly #sheet: FactSheet;
  #record: Record | undefined;
  /** Functions of this listing without a driver and without a group. */
  #withoutDriver: Listed[] = [];
  #withoutGroup: Listed[] = [];
  #withoutPath: Listed[] = [];
  #showsPaths = false;
  #showsDrivers = false;
  #showsGroups = false;
  #seen = new Set<Bdf>();

  constructor(sheet: FactSheet) {
    this.#sheet = sheet;
  }

  begins(line: string): boolean {
    return headerOf(line) !== undefined;
  }

  take({ number, text }: ReportLine): boolean {
    const header = headerOf(text);
    if (header) {
      this.#finish(false);
      // A function that comes again begins another run: what it leaves out is not absent.
      if (this.#seen.has(header.bdf)) this.end(false);
      this.#seen.add(header.bdf);
      this.#open(header, number);
      return true;
    }
    const record = this.#record;
    if (record === undefined) return false;
    const line = text.trim();
    if (line === '') return true;
    const hex = parseHexLine(text);
    if (hex) return this.#takeBytes(record, hex, number);
    return this.#takeLine(record, line, number) || BELOW.test(text);
  }

  end(isCut: boolean): void {
    this.#finish(isCut);
    if (this.#showsDrivers) this.#stateNone('driver', this.#withoutDriver);
    if (this.#showsGroups) this.#stateNone('group', this.#withoutGroup);
    if (this.#showsPaths) this.#stateOnRoot();
    this.#withoutPath = [];
    this.#showsPaths = false;
    this.#withoutDriver = [];
    this.#withoutGroup = [];
    this.#showsDrivers = false;
    this.#showsGroups = false;
    this.#seen = new Set();
  }

  #open({ bdf, text, above }: Header, line: number): void {
    const source = { origin: 'lspci', line } as const;
    this.#sheet.mention(bdf);
    // A VF answers with ones; where the bytes alone were listed, these are not its ids.
    const ids = text.ids?.[0] === 0xffff ? undefined : text.ids;
    this.#sheet.state(bdf, 'vendorId', ids?.[0], source);
    this.#sheet.state(bdf, 'deviceId', ids?.[1], source);
    this.#sheet.state(bdf, 'classCode', text.classCode, source);
    this.#sheet.state(bdf, 'revision', text.revision, source);
    this.#sheet.state(bdf, 'name', text.name, source);
    if (above) this.#sheet.state(bdf, 'place', above, source);
    else this.#withoutPath.push({ bdf, line });
    this.#showsPaths ||= above !== undefined;
    const notes = new CapabilityNotes();
    this.#record = {
      bdf,
      line,
      notes,
      config: undefined,
      configBytes: 0,
      hasGroup: false,
      isWhole: false,
    };
  }

  #takeBytes(record: Record, { offset, bytes }: HexLine, line: number): boolean {
    record.config ??= new Uint8Array(CONFIG_BYTES);
    if (offset !== record.configBytes) {
      const text = `bytes of ${record.bdf} at ${offset.toString(16)} do not follow on those before`;
      this.#sheet.complain(line, text);
      return true;
    }
    record.config.set(bytes, offset);
    record.configBytes += bytes.length;
    return true;
  }

  #takeLine(record: Record, line: string, number: number): boolean {
    if (line.startsWith('Flags:')) record.notes.deepen(2);
    if (line.startsWith('Control:') || line.startsWith('Status:')) record.notes.deepen(3);
    if (record.notes.take(line)) return true;
    const detail = { bdf: record.bdf, origin: 'lspci', line: number } as const;
    if (!takeDetail(this.#sheet, line, detail)) return false;
    if (line.startsWith('Kernel ')) {
      record.isWhole = true;
      this.#showsDrivers = true;
    }
    if (/IOMMU group/.test(line)) record.hasGroup = true;
    return true;
  }

  #finish(isCut: boolean): void {
    const record = this.#record;
    this.#record = undefined;
    if (record === undefined) return;
    const { bdf, line, notes, configBytes } = record;
    const config = record.config?.subarray(0, configBytes);
    const source = { origin: 'lspci', line } as const;
    const mayMiss = isCut && !record.isWhole;
    const capabilities = notes.finish(mayMiss);
    this.#sheet.state(bdf, 'capabilities', capabilities, source);
    this.#sheet.state(bdf, 'config', config, { origin: 'config-space', line });
    if (record.hasGroup) this.#showsGroups = true;
    if (mayMiss) return;
    if (!record.isWhole || this.#sheet.functions.get(bdf)?.driver === undefined) {
      this.#withoutDriver.push(record);
    }
    if (!record.hasGroup && capabilities !== undefined) this.#withoutGroup.push(record);
  }

  /** Where `-PP` shows what is above some functions, nothing is above the others. */
  #stateOnRoot(): void {
    for (const { bdf, line } of this.#withoutPath) {
      const place = { rootBus: bdf.slice(0, -5), parent: undefined, vmdEndpoint: undefined };
      this.#sheet.state(bdf, 'place', place, { origin: 'lspci', line });
    }
  }

  #stateNone(fact: 'driver' | 'group', listed: readonly Listed[]): void {
    for (const { bdf, line } of listed) {
      this.#sheet.state(bdf, fact, undefined, { origin: 'lspci', line });
    }
  }
}

interface Header {
  readonly bdf: Bdf;
  readonly text: HeaderText;
  readonly above: ReturnType<typeof placeOf>;
}

/** A header, as lspci prints it: at the beginning of the line. */
function headerOf(line: string): Header | undefined {
  const first = line.charCodeAt(0);
  if (!isHexDigit(first)) return undefined;
  const path = PATH.exec(line)?.[0] ?? '';
  const slash = path.lastIndexOf('/');
  const addressed: Addressed | undefined = startAddress(line.slice(slash + 1));
  if (addressed === undefined || addressed.rest.startsWith('"')) return undefined;
  const text = parseHeader(addressed.rest);
  if (text === undefined) return undefined;
  const domain = /^[0-9a-f]{4,8}:(?=[0-9a-f]{2}:)/i.exec(path)?.[0] ?? '';
  const own = startAddress(domain + line.slice(slash + 1)) ?? addressed;
  const { bdf } = slash < 0 ? addressed : own;
  return { bdf, text, above: slash < 0 ? undefined : placeOf(domain, path.slice(0, slash)) };
}

function isHexDigit(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 97 && code <= 102) || (code >= 65 && code <= 70);
}

/** `-PP` prints all bridges above: `00:01.0/01:00.0/02:00.0`. */
const PATH = /^(?:[0-9a-f:.]{7,16}\/){1,32}/i;

function placeOf(domain: string, bridges: string) {
  const addresses = bridges
    .split('/')
    .map((text, at) => startAddress(at === 0 ? text : domain + text)?.bdf);
  const [root] = addresses;
  const parent = addresses.at(-1);
  if (root === undefined || parent === undefined) return undefined;
  return { rootBus: root.slice(0, -5), parent, vmdEndpoint: undefined };
}
