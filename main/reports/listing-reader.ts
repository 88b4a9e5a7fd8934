import { compareBdf, parseBdf, type Bdf } from '../../shared/bdf.ts';
import { parseDevicePlace } from '../host/device-path.ts';
import type { FactSheet } from './fact-sheet.ts';
import type { LineReader } from './line-reader.ts';
import { takeDetail } from './lspci/parse-detail.ts';
import { parseHeader } from './lspci/parse-header.ts';
import { parseIds, startAddress, type Addressed } from './parse-address.ts';
import type { ReportLine } from './report-line.ts';

/**
 * Reads listings of IOMMU groups, as shell loops, `find`, `ls -l`, ls-iommu and others print them:
 * a group and a function on each line, or a heading for each group and its functions below it.
 */
export function listingReader(sheet: FactSheet): LineReader {
  return new ListingReader(sheet);
}

class ListingReader implements LineReader {
  readonly kind = 'group-listing';
  readonly #sheet: FactSheet;
  /** The group that lines without one belong to. */
  #group: string | undefined;
  #last: Bdf | undefined;
  #sawBlank = false;

  constructor(sheet: FactSheet) {
    this.#sheet = sheet;
  }

  begins(line: string): boolean {
    return parsePath(line) !== undefined || parseHead(line) !== undefined;
  }

  take({ number, text }: ReportLine): boolean {
    const path = parsePath(text);
    if (path) return this.#takePath(path, number);
    const head = parseHead(text);
    if (head) return this.#takeHead(head, number);
    if (text.trim() === '') {
      this.#sawBlank ||= this.#last !== undefined;
      return true;
    }
    if (this.#group === undefined) return false;
    return this.#takeMember(text, number) || this.#takeDetail(text, number);
  }

  end(): void {
    this.#group = undefined;
    this.#last = undefined;
    this.#sawBlank = false;
  }

  #takePath({ group, member, target }: GroupPath, line: number): boolean {
    this.#group = group;
    this.#last = undefined;
    this.#sawBlank = false;
    if (member !== undefined) this.#add(member, group, line);
    const bdf = member === undefined ? undefined : parseBdf(member);
    const directory = target?.replace(/^(\.\.\/)*/, 'sys/').replace(/\/[^/]*$/, '');
    const place = directory === undefined ? undefined : parseDevicePlace(directory);
    if (bdf && place) this.#sheet.state(bdf, 'place', place, { origin: 'sysfs', line });
    return true;
  }

  #takeHead({ group, rest }: Head, line: number): boolean {
    this.#group = group;
    this.#last = undefined;
    this.#sawBlank = false;
    if (rest === '') return true;
    const addressed = addressIn(rest);
    if (addressed) this.#state(addressed, line);
    else if (IDS.test(rest)) {
      this.#sheet.complain(line, 'the device is named without its address');
    } else this.#add(rest.split(/\s/, 1)[0] ?? '', group, line);
    return true;
  }

  /** A member below its heading; another listing that follows directly has none of these marks. */
  #takeMember(text: string, line: number): boolean {
    const slot = /^\s*slot:\s+(\S+)/i.exec(text)?.[1];
    const link = LINK.exec(text);
    if (link) {
      return this.#takePath({ group: this.#group ?? '', member: link[1], target: link[2] }, line);
    }
    const addressed = addressIn(slot ?? text.trim());
    if (addressed === undefined) return this.#takeOther(text, line);
    const isIndented = /^\s/.test(text) || !/^[0-9a-f]/i.test(text);
    const follows = this.#last === undefined || compareBdf(this.#last, addressed.bdf) < 0;
    if (!isIndented && (this.#sawBlank || !follows)) return false;
    this.#last = addressed.bdf;
    this.#state(addressed, line);
    return true;
  }

  /** A member on another bus stands alone on its line. */
  #takeOther(text: string, line: number): boolean {
    const name =
      /^\s+([0-9a-f]{4,16}\.[\w-]{1,40}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\s*$/i.exec(
        text,
      )?.[1];
    if (name === undefined || this.#group === undefined) return false;
    this.#add(name, this.#group, line);
    return true;
  }

  /** `lspci -nnks` in the loop, and `ls-iommu -k`. */
  #takeDetail(text: string, line: number): boolean {
    if (BETWEEN.test(text)) return true;
    if (this.#last === undefined) return false;
    const detail = { bdf: this.#last, origin: 'sysfs', line } as const;
    return takeDetail(this.#sheet, text.trim(), detail) || /^\s/.test(text);
  }

  #state({ bdf, rest, ids }: Member, line: number): void {
    const source = { origin: 'sysfs', line } as const;
    const text = parseHeader(rest) ?? parseLoose(rest);
    const [vendorId, deviceId] = ids ?? text?.ids ?? [];
    this.#last = bdf;
    this.#sheet.state(bdf, 'group', this.#group, source);
    this.#sheet.state(bdf, 'vendorId', vendorId, source);
    this.#sheet.state(bdf, 'deviceId', deviceId, source);
    this.#sheet.state(bdf, 'classCode', text?.classCode, source);
    this.#sheet.state(bdf, 'revision', text?.revision, source);
    this.#sheet.state(bdf, 'name', text?.name, source);
    const driver = /\s(?:Driver|driver in use): (\w[\w-]{0,40})\s*$/.exec(rest)?.[1];
    if (driver !== undefined) this.#sheet.state(bdf, 'driver', driver, source);
  }

  #add(name: string, group: string, line: number): void {
    const bdf = parseBdf(name);
    if (bdf) {
      this.#last = bdf;
      this.#sheet.state(bdf, 'group', group, { origin: 'sysfs', line });
    } else if (/^[\w.:-]{1,64}$/.test(name)) {
      const bus = /^[0-9a-f]{8}-/i.test(name) ? 'mdev' : 'platform';
      this.#sheet.otherMembers.set(`${bus}:${name}`, group);
    }
  }
}

/** Rules, USB devices, the sums of `ls`, and the other keys of listings in records. */
const BETWEEN =
  /^[\s=+*_-]*$|^\s*(?:USB:\s|total \d+$|(?:class|s?vendor|s?device|ids?|description|type|rev|progif):\s)/i;

interface GroupPath {
  readonly group: string;
  /** `undefined`: the heading of `ls` for a directory. */
  readonly member: string | undefined;
  readonly target: string | undefined;
}

const PATH =
  /\biommu_groups\/(\d{1,6})(?:\/devices)?(?:\/([\w.:-]{1,64}))?\/?:?(?:@?\s+->\s+(\S+))?\s*$/;
/** `lrwxrwxrwx 1 root root 0 … 0000:00:02.1 -> ../../../../devices/…` */
const LINK = /^[ls].*\s([\w.:-]{1,64})\s+->\s+((?:\.\.\/)+devices\/\S+)\s*$/;

function parsePath(line: string): GroupPath | undefined {
  if (!line.includes('iommu_groups/')) return undefined;
  const match = PATH.exec(line);
  if (!match) return undefined;
  return { group: String(Number(match[1])), member: match[2], target: match[3] };
}

interface Head {
  readonly group: string;
  readonly rest: string;
}

const HEAD = /^[\s*>+|#-]{0,12}(?:IOMMU[ _-]?)?Group(:?)\s{0,8}(\d{1,6})\b\s*:?\s*(.*)$/i;

/**
 * `IOMMU Group 14:`, `IOMMU group 7`, `Group:  16  …`, with or without a member after it. A line of
 * `lspci -vv` has the colon before the number and nothing behind it.
 */
function parseHead(line: string): Head | undefined {
  const match = HEAD.exec(line);
  if (!match) return undefined;
  const [, colon, number, rest = ''] = match;
  const isMember = addressIn(rest) !== undefined || IDS.test(rest);
  const isAlone = rest === '' && colon === '';
  const isOther = OTHER_MEMBER.test(rest);
  return isMember || isAlone || isOther ? { group: String(Number(number)), rest } : undefined;
}

const IDS = /\[[0-9a-f]{4}:[0-9a-f]{4}\]/i;
const OTHER_MEMBER = /^([0-9a-f]{4,16}\.[\w-]{1,40}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/i;

interface Member extends Addressed {
  readonly ids: readonly [number, number] | undefined;
}

/** Marks that may stand before an address: bullets, ids, and `R` for what can be reset. */
const BEFORE = /^(?:[*+|R-]\s*)?(?:\[([0-9a-f]{4}:[0-9a-f]{4})\]\s*)?(?:\[R\]\s*)?/i;

function addressIn(text: string): Member | undefined {
  const before = BEFORE.exec(text);
  const addressed = startAddress(text.slice(before?.[0].length ?? 0));
  return addressed && { ...addressed, ids: parseIds(before?.[1] ?? '') };
}

/** ls-iommu puts a space in place of the colon, and Roliga's script aligns class and name. */
function parseLoose(rest: string): ReturnType<typeof parseHeader> {
  const withNumber = /^([^:[\]]{2,80} \[[0-9a-f]{4}\]) (.*)$/i.exec(rest);
  const aligned = /^(\S[^:[\]]{1,60}?)\s{2,}(.*)$/.exec(rest);
  const [, className = '', device = ''] = withNumber ?? aligned ?? [];
  return className === '' ? undefined : parseHeader(`${className}: ${device}`);
}
