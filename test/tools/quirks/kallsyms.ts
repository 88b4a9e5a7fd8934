import { readAddress, type Address } from './address.ts';
import { findNameTables, readNames, type NameTables } from './kallsyms-names.ts';
import { bytesAt, mapKernel, offsetOf, type KernelMemory } from './kernel-memory.ts';
import { QuirkToolError } from './quirk-tool-error.ts';

/** The names that a kernel knows its own functions and data by. */
export interface KernelSymbols {
  /** Functions win over data of the same name. */
  addressOf(name: string): Address | undefined;
  /** Names of the functions that start exactly there. */
  functionsAt(address: Address): readonly string[];
  /** First address above at which another symbol starts. */
  nextAfter(address: Address): Address | undefined;
}

/** A kernel that was mapped where its own symbols say. */
export interface NamedKernel {
  readonly memory: KernelMemory;
  readonly symbols: KernelSymbols;
  /** Text of `linux_banner`: version, compiler, package. */
  readonly banner: string;
}

const BANNER = 'Linux version ';

/**
 * Finds and reads kallsyms of an unpacked kernel.
 *
 * @see Linux scripts/kallsyms.c, `write_src()`; its order and its encoding of addresses changed
 *   in 6.4 and 7.0, so each is tried and must prove itself by where `linux_banner` lies
 */
export function readKallsyms(bytes: Buffer): NamedKernel {
  const unplaced = mapKernel(bytes);
  const tables = findNameTables(bytes);
  if (tables === undefined) throw new QuirkToolError('The kernel has no names (kallsyms)');
  const names = readNames(bytes, tables);
  const landmarks = {
    text: names.findIndex((name) => name.slice(1) === '_text'),
    banner: names.findIndex((name) => name.slice(1) === 'linux_banner'),
  };
  if (landmarks.text < 0 || landmarks.banner < 0) {
    throw new QuirkToolError('The kernel does not name _text and linux_banner');
  }
  for (const addressAt of possibleEncodings(bytes, tables)) {
    const memory = proveEncoding(unplaced, addressAt, landmarks);
    if (memory === undefined) continue;
    const addresses = names.map((_name, at) => addressAt(memory, at));
    const banner = textOf(memory, addressAt(memory, landmarks.banner));
    return { memory, symbols: indexSymbols(names, addresses), banner };
  }
  throw new QuirkToolError('The addresses of the kernel symbols (kallsyms) were not found');
}

/** Address of the symbol at an index. */
type AddressAt = (memory: KernelMemory, at: number) => Address;

/**
 * Where the offsets may lie and how they may be written: before the count of the names with the
 * base between (up to 6.3), or behind the token index. Kernels for x86 up to 6.15 write per-CPU
 * symbols as they are and others below the base; 7.0 and newer write the distance from the entry.
 */
function* possibleEncodings(bytes: Buffer, { names, count, end }: NameTables) {
  for (const [offsets, base] of possiblePlaces({ names, count, end })) {
    if (offsets < 0 || base + 8 > bytes.length) continue;
    const relativeBase = readAddress(bytes, base);
    const offsetAt = (at: number) => bytes.readInt32LE(offsets + at * 4);
    yield (_memory: KernelMemory, at: number) =>
      offsetAt(at) >= 0 ? offsetAt(at) : relativeBase - 1 - offsetAt(at);
    yield (_memory: KernelMemory, at: number) => relativeBase + (offsetAt(at) >>> 0);
    yield (memory: KernelMemory, at: number) =>
      addressOfByte(memory, offsets + at * 4) + offsetAt(at);
  }
}

/** Pairs of the place of the offsets and the place of the base. */
function possiblePlaces(tables: Pick<NameTables, 'names' | 'count' | 'end'>) {
  const size = tables.count * 4;
  const places: (readonly [offsets: number, base: number])[] = [];
  for (const padding of [0, 4, 8, 12]) {
    const base = (tables.names - 4 - padding) & ~3;
    for (const between of [0, 4]) places.push([base - 8 - between - size, base - 8]);
    const offsets = ((tables.end + 3) & ~3) + padding;
    for (const between of [0, 4]) places.push([offsets, offsets + size + between]);
  }
  return places;
}

function addressOfByte({ segments }: KernelMemory, offset: number): Address {
  const segment = segments.find(
    (candidate) => offset >= candidate.offset && offset < candidate.offset + candidate.size,
  );
  return segment ? offset - segment.offset + segment.address : NaN;
}

/**
 * Accepts an encoding only where the banner stands at its symbol and `_text` starts the kernel: a
 * table that is off by one still rises like a right one.
 */
function proveEncoding(
  unplaced: KernelMemory,
  addressAt: AddressAt,
  landmarks: { readonly text: number; readonly banner: number },
): KernelMemory | undefined {
  const text = addressAt(unplaced, landmarks.text);
  const isImage = unplaced.architecture === 'arm64';
  const memory = isImage ? mapKernel(unplaced.bytes, text) : unplaced;
  if (!Number.isSafeInteger(text) || addressAt(memory, landmarks.text) !== text) return undefined;
  if (offsetOf(memory, text) !== memory.segments[0]?.offset) return undefined;
  return textOf(memory, addressAt(memory, landmarks.banner)).startsWith(BANNER)
    ? memory
    : undefined;
}

function textOf(memory: KernelMemory, address: Address): string {
  if (offsetOf(memory, address) === undefined) return '';
  const bytes = bytesAt(memory, address, 512);
  const end = bytes.indexOf(0);
  return bytes.toString('latin1', 0, end < 0 ? bytes.length : end).trim();
}

/** Marks that the compiler puts before a function, at an address of their own. */
const NOT_A_FUNCTION = /^__(pfx|cfi)_/;

function indexSymbols(names: readonly string[], addresses: readonly Address[]): KernelSymbols {
  const byName = new Map<string, Address>();
  const functions = new Map<Address, string[]>();
  for (const [at, typedName] of names.entries()) {
    const name = typedName.slice(1);
    const address = addresses[at] ?? NaN;
    const isFunction = /^[tTwW]/.test(typedName) && !NOT_A_FUNCTION.test(name);
    if (isFunction || !byName.has(name)) byName.set(name, address);
    if (isFunction) functions.set(address, [...(functions.get(address) ?? []), name]);
  }
  const sorted = Float64Array.from(addresses).sort();
  return {
    addressOf: (name) => byName.get(name),
    functionsAt: (address) => functions.get(address) ?? [],
    nextAfter: (address) => firstAbove(sorted, address),
  };
}

function firstAbove(sorted: Float64Array, address: Address): Address | undefined {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? Infinity) > address) high = middle;
    else low = middle + 1;
  }
  return sorted[low];
}
