import type { KnownWords } from '../known-words.ts';
import { replaceEach, type Around } from '../replace-each.ts';
import type { TokenBook } from '../token-book.ts';

const FOUR_NUMBERS = /(?<![\w.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?![A-Za-z_]|\.?\d)/g;
/** Words after which four numbers are a version, whatever they are. */
const VERSION_WORD = /(?:version|\bver|\brev|revision|release|firmware|\bfw|bios|build)\W{0,5}$/i;
/** Words after which four numbers with a small first one are a version. */
const PROGRAM_WORD =
  /(?:vmlinu[xz]|linux|initrd|initramfs|kernel|modules?|driver|nvidia|nvrm|qemu|pve|package)[\w.-]*\W{0,4}$/i;
/** `6.12.107.1-amd64`, `1.2.3.4-5`, `1.2.3.4+deb12u1`. */
const VERSION_TAIL = /^[-+~][\da-z]/i;
/** A path of USB ports: `usb 1-1.2.3.4`. */
const USB_PATH = /(?:^|[\s/:(])\d+-$/;
/** Versions of programs begin with such numbers, and addresses of private networks do not. */
const SMALL = 10;

/** Replaces IPv4 addresses. Kept: versions, paths of USB ports, loopback, any, masks. */
export function replaceIp4(line: string, book: TokenBook, known: KnownWords): string {
  if (!/\d\.\d+\.\d+\.\d/.test(line)) return line;
  return replaceEach(line, FOUR_NUMBERS, (match, around) => {
    const isAddress = isAddressLike(match) && !isVersion(match, around) && !known.isVersion(match);
    return isAddress && !USB_PATH.test(around.before) ? book.token('ip', match) : match;
  });
}

/** Versions of four numbers that a line calls so, to know them where they stand alone. */
export function findVersions(line: string): readonly string[] {
  if (!/\d\.\d+\.\d+\.\d/.test(line)) return [];
  const found: string[] = [];
  replaceEach(line, FOUR_NUMBERS, (match, around) => {
    if (firstOf(match) < SMALL && isVersion(match, around)) found.push(match);
    return match;
  });
  return found;
}

/** Whether a word is one after which four numbers may be a version: such words stay. */
export function isVersionWord(word: string): boolean {
  return VERSION_WORD.test(word) || PROGRAM_WORD.test(word);
}

function isVersion(match: string, { before, after }: Around): boolean {
  if (VERSION_WORD.test(before)) return true;
  return firstOf(match) < SMALL && (PROGRAM_WORD.test(before) || VERSION_TAIL.test(after));
}

function firstOf(match: string): number {
  return Number(match.slice(0, match.indexOf('.')));
}

function isAddressLike(match: string): boolean {
  const parts = match.split('.');
  if (parts.some((part) => Number(part) > 255 || /^0\d/.test(part))) return false;
  return !['0', '127', '255'].includes(parts[0] ?? '');
}
