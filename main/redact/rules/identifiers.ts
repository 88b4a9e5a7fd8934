import { clearDeviceSerial } from '../device-serial.ts';
import type { RedactionNotes } from '../redaction-notes.ts';
import { replaceEach, type Around } from '../replace-each.ts';
import type { TokenBook } from '../token-book.ts';

/** systemd writes a dash in the name of a unit as `\x2d`. */
const DASH = '(?:-|\\\\x2d)';
const HEX4 = '[0-9a-f]{4}';
const UUID = new RegExp(
  `(?<![0-9a-z])[0-9a-f]{8}${DASH}${HEX4}${DASH}${HEX4}${DASH}${HEX4}${DASH}[0-9a-f]{12}(?![0-9a-z])`,
  'gi',
);
/** Names of EFI variables: the same on every machine. */
const FIRMWARE_UUID =
  /^(8be4df61-93ca-11d2-aa0d-00e098032b8c|4a67b082-0a4c-41cf-b6c7-440b29bb8c4f)$/i;
/** What LVM calls its parts. */
const LVM_ID =
  /(?<![0-9A-Za-z-])[0-9A-Za-z]{6}(?:-[0-9A-Za-z]{4}){5}-[0-9A-Za-z]{6}(?![0-9A-Za-z-])/g;
const LONG_HEX = /(?<![0-9a-z])[0-9a-f]{32,}(?![0-9a-z])/gi;
/** Longer runs are a dump, not a name: configuration space has 128 digits and more. */
const DUMP_DIGITS = 128;
const DUMP = /(?<![0-9a-z])[0-9a-f]{520,}(?![0-9a-z])/gi;
const DASHED = /(?<![0-9a-z])[0-9a-f]{2}(?:-[0-9a-f]{2}){5,19}(?![0-9a-z])/gi;
const DOTTED_MAC = /(?<![0-9a-z.])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![0-9a-z]|\.[0-9a-z])/gi;
const NAMED_BY_MAC = /(?<![0-9a-z])[a-z][a-z]x[0-9a-f]{12}(?![0-9a-z])/gi;
/** Groups of two digits in an EUI-64, as lspci prints a Device Serial Number. */
const EUI64_LENGTH = 23;

/** Replaces UUIDs and other long identifiers that nothing has to introduce. */
export function replaceUuids(line: string, book: TokenBook): string {
  let out = line;
  if (/[0-9a-f]{4}(?:-|\\x2d)/i.test(out)) {
    out = replaceEach(out, UUID, (match) => {
      const plain = match.replaceAll('\\x2d', '-');
      const stays = FIRMWARE_UUID.test(plain) || !/[1-9a-f]/i.test(plain);
      return stays ? match : book.token('uuid', match, plain.toLowerCase());
    });
  }
  if (out.length < 32) return out;
  out = replaceEach(out, LVM_ID, (match) =>
    /\d/.test(match) && /[A-Za-z]/.test(match) ? book.token('uuid', match, match) : match,
  );
  return replaceEach(out, LONG_HEX, (match) => {
    const isName = match.length < DUMP_DIGITS && /[1-9a-f]/i.test(match);
    return isName ? book.token('uuid', match) : match;
  });
}

/** Clears the serial number in configuration space that is written as one run of digits. */
export function clearDump(line: string, notes: RedactionNotes): string {
  if (line.length < 520) return line;
  return replaceEach(line, DUMP, (match) => {
    const bytes = Buffer.from(match, 'hex');
    if (match.length % 2 !== 0 || !clearDeviceSerial(bytes)) return match;
    notes.clearSerial();
    return bytes.toString('hex');
  });
}

/** Replaces hardware addresses and Device Serial Numbers with dashes, and interfaces named by one. */
export function replaceDashed(line: string, book: TokenBook): string {
  let out = line;
  if (/[0-9a-f]{2}-[0-9a-f]{2}-[0-9a-f]{2}-/i.test(out)) {
    out = replaceEach(out, DASHED, (match, around) => dashed(match, around, book));
  }
  if (/[0-9a-f]{4}\.[0-9a-f]{4}\./i.test(out)) {
    out = replaceEach(out, DOTTED_MAC, (match) => {
      const digits = match.replaceAll('.', '');
      const isMac = /[a-f]/i.test(digits) && /\d/.test(digits);
      return isMac ? book.token('mac', match, pairs(digits)) : match;
    });
  }
  if (!/[a-z]{2}x[0-9a-f]{2}/i.test(out)) return out;
  return replaceEach(out, NAMED_BY_MAC, (match) => book.token('if', match));
}

/** Network boot puts the type of an address, 01, in front. */
function dashed(match: string, { before, after }: Around, book: TokenBook): string {
  if (!/[1-9a-e]/i.test(match) || /[0-9a-f]-$/i.test(before) || /^-[0-9a-f]/i.test(after)) {
    return match;
  }
  if (match.length === EUI64_LENGTH) return book.token('serial', match);
  const lead = match.length === 20 ? match.slice(0, 3) : '';
  const mac = match.slice(lead.length);
  return lead + book.token('mac', mac, mac.toLowerCase().replaceAll('-', ':'));
}

function pairs(digits: string): string {
  return (digits.toLowerCase().match(/../g) ?? []).join(':');
}
