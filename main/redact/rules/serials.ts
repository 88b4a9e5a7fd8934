import { replaceEach } from '../replace-each.ts';
import { holdsMark, type TokenBook } from '../token-book.ts';

/** What ends a value. Bytes above 0x7f are letters of other languages. */
const VALUE = `[^ \\t\\r\\n\\0"'<>,;()\\\\]+`;
const KEY = [
  'serial(?:[ _]?(?:number|no\\.?|num|short))?',
  's/n',
  'uniq',
  'unique_id',
  'wwid',
  'wwn(?:_with_extension|_vendor_extension)?',
  'ww[np]n',
  'sas_address',
  'logical id',
  'asset ?tag',
  'nguid',
  'eui64',
].join('|');
const KEYED = new RegExp(`((?:${KEY})["']? *[:=(>] *["']*)(${VALUE})`, 'gi');
const NAMED = new RegExp(`(?<![0-9a-z])(?:naa|eui|iqn|nqn)\\.${VALUE}`, 'gi');
/** dmidecode and smartctl: the value is the rest of the line, and may have spaces. */
const WHOLE_LINE = /^([ \t]*(?:serial number|asset tag):[ \t]+)([^\r\n]+)/i;
const WWN_IN_GROUPS = /(wwn device id:[ \t]+)([0-9a-f](?: ?[0-9a-f]+)+)/gi;
const WWN_NUMBER = /(?<![0-9a-z])0x5[0-9a-f]{15}(?![0-9a-z])/gi;
const BY_ID = new RegExp(`(by(?:-|\\\\x2d)id[/-])([^ \\t\\r\\n\\0"',;<>()]+)`, 'gi');
const PARTITION = /-part\d+$/;
const ADDRESS = /[0-9a-f]{2}:[0-9a-f]{2}\.[0-7]/i;
/** Kernel lines about serial ports: `serial8250`, `Serial: 8250/16550 driver`, `ttyS0`. */
const SERIAL_PORT = /^(8250|tty|uart)/i;

/** Replaces serial numbers and world-wide names where a line says that they are. */
export function replaceSerials(line: string, book: TokenBook): string {
  let out = line;
  if (/by(?:-|\\x2d)id/i.test(out)) out = replaceIn(out, BY_ID, (value) => diskId(value, book));
  if (
    !/serial|s\/n|uniq|ww[inp]|sas_addr|logical id|asset|nguid|eui|naa\.|iqn\.|nqn\.|0x5/i.test(out)
  )
    return out;
  out = out.replace(WHOLE_LINE, (_, lead: string, value: string) => lead + whole(value, book));
  out = replaceIn(out, WWN_IN_GROUPS, (value) => book.token('serial', value));
  out = replaceIn(out, KEYED, (value) => (isSerial(value) ? book.token('serial', value) : value));
  out = replaceEach(out, NAMED, (match) => book.token('serial', match));
  return replaceEach(out, WWN_NUMBER, (match) => book.token('serial', match));
}

/** Replaces the value behind what introduces it: the two groups of a pattern. */
export function replaceIn(
  line: string,
  pattern: RegExp,
  judge: (value: string, lead: string) => string,
): string {
  return line.replace(pattern, (match: string, lead: string, value: string) =>
    holdsMark(value) ? match : lead + judge(value, lead),
  );
}

/** The name of a disk below `by-id`; the number of a partition stays. */
export function diskId(value: string, book: TokenBook): string {
  const tail = PARTITION.exec(value)?.[0] ?? '';
  return book.token('serial', value.slice(0, value.length - tail.length)) + tail;
}

/** A whole value, such as a line of dmidecode: fillers have no digit. */
function whole(value: string, book: TokenBook): string {
  const trimmed = value.trimEnd();
  if (holdsMark(trimmed) || !isSerial(trimmed)) return value;
  return book.token('serial', trimmed) + value.slice(trimmed.length);
}

/** The kernel's own USB controllers have their PCI address as serial number. */
function isSerial(value: string): boolean {
  if (value.length < 4 || !/\d/.test(value) || /^[0.x-]+$/i.test(value)) return false;
  return !SERIAL_PORT.test(value) && !ADDRESS.test(value);
}
