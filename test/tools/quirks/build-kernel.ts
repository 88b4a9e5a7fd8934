import type { Address } from './address.ts';

/** A symbol of a made-up kernel; symbols are given in the order of their addresses. */
export interface MadeSymbol {
  /** `t` and `T` are functions. */
  readonly type: string;
  readonly name: string;
  readonly address: Address;
}

/** How kallsyms of a kernel series writes the addresses, and where. */
export type Era = '6.1' | '6.12' | '7.0';

/** Address of the first byte of a made-up kernel. */
export const BASE: Address = -0x7f00_0000;
const HEADER_BYTES = 0x1000;
const TOKENS = 256;

/**
 * Makes an ELF file of one segment: content at the start, kallsyms behind it.
 *
 * @param content - What the kernel has from {@link BASE} on.
 */
export function buildKernel(content: Buffer, symbols: readonly MadeSymbol[], era: Era): Buffer {
  const memory = Buffer.concat([content, buildKallsyms(content.length, symbols, era)]);
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('\x7fELF\x02\x01\x01', 'latin1');
  header.writeUInt16LE(62, 0x12);
  header.writeUInt32LE(0x40, 0x20);
  header.writeUInt16LE(56, 0x36);
  header.writeUInt16LE(1, 0x38);
  header.writeUInt32LE(0x100, 0x28);
  header.writeUInt16LE(64, 0x3a);
  header.writeUInt16LE(1, 0x3c);
  header.writeUInt32LE(1, 0x40);
  header.writeUInt32LE(HEADER_BYTES, 0x48);
  header.writeBigInt64LE(BigInt(BASE), 0x50);
  header.writeUInt32LE(memory.length, 0x60);
  return Buffer.concat([header, memory]);
}

/** @param at - Where kallsyms start, counted from {@link BASE}; a multiple of 8. */
function buildKallsyms(at: number, symbols: readonly MadeSymbol[], era: Era): Buffer {
  const names = buildNames(symbols);
  if (era === '6.1') {
    const offsets = align(Buffer.concat(symbols.map(({ address }) => belowBase(address))));
    return Buffer.concat([offsets, pointer(BASE), names]);
  }
  const offsetsAt = BASE + at + names.length;
  const offsets = symbols.map(({ address }, index) =>
    era === '7.0' ? word(address - (offsetsAt + index * 4)) : word(address - BASE),
  );
  const tail = era === '7.0' ? Buffer.alloc(8) : pointer(BASE);
  return Buffer.concat([names, align(Buffer.concat(offsets)), tail]);
}

/** Count, names, markers, tokens, index. The letter e stands for "read_", as an example. */
function buildNames(symbols: readonly MadeSymbol[]): Buffer {
  const tokens = Array.from({ length: TOKENS }, (_, code) => tokenOf(code));
  const markers: number[] = [];
  const entries: Buffer[] = [];
  let length = 0;
  for (const [index, { type, name }] of symbols.entries()) {
    if (index % 256 === 0) markers.push(length);
    const packed = Buffer.from((type + name).replaceAll('read_', '\x01'), 'latin1');
    const head = packed.length < 0x80 ? [packed.length] : longLength(packed.length);
    const entry = Buffer.concat([Buffer.from(head), packed]);
    entries.push(entry);
    length += entry.length;
  }
  const starts = tokens.map((_, code) => tokens.slice(0, code).join('\0').length + (code ? 1 : 0));
  const index = Buffer.concat(starts.map((start) => word(start).subarray(0, 2)));
  return Buffer.concat([
    align(Buffer.concat([Buffer.alloc(4), word(symbols.length)])),
    align(Buffer.concat(entries)),
    align(Buffer.concat(markers.map(word))),
    align(Buffer.from(`${tokens.join('\0')}\0`, 'latin1')),
    index,
  ]);
}

function tokenOf(code: number): string {
  if (code === 1) return 'read_';
  return /[\w.]/.test(String.fromCharCode(code)) ? String.fromCharCode(code) : '';
}

function longLength(length: number): readonly number[] {
  return [(length & 0x7f) | 0x80, length >> 7];
}

/** Symbols of the kernel proper are written as distance below the base, minus one. */
function belowBase(address: Address): Buffer {
  return word(BASE - 1 - address);
}

function align(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 7)]);
}

function word(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value | 0);
  return bytes;
}

function pointer(address: Address): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(address));
  return bytes;
}
