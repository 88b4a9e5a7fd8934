import { readAddress, type Segment } from './address.ts';
import { QuirkToolError } from './quirk-tool-error.ts';

const CLASS_64 = 2;
const LITTLE_ENDIAN = 1;
const MACHINE_X86_64 = 62;
const PT_LOAD = 1;

/**
 * Reads the program and section headers of an x86 kernel.
 *
 * @returns Loaded segments with the bytes that the file has of them, and the sections by name. The
 *   segment of the per-CPU variables is left out: its addresses start at 0 and are offsets.
 * @see System V ABI, "ELF Header", "Sections", "Program Header"
 */
export function readElf(bytes: Buffer): {
  readonly segments: readonly Segment[];
  readonly sections: ReadonlyMap<string, Segment>;
} {
  const isSupported =
    bytes[4] === CLASS_64 &&
    bytes[5] === LITTLE_ENDIAN &&
    bytes.readUInt16LE(0x12) === MACHINE_X86_64;
  if (!isSupported) throw new QuirkToolError('The ELF file is not of a 64-bit x86 machine');
  return { segments: loadedSegments(bytes), sections: namedSections(bytes) };
}

/** Program headers: type at 0, offset at 8, address at 16, size in the file at 32. */
function loadedSegments(bytes: Buffer): readonly Segment[] {
  const table = readAddress(bytes, 0x20);
  const entrySize = bytes.readUInt16LE(0x36);
  return Array.from({ length: bytes.readUInt16LE(0x38) }, (_, at) => table + at * entrySize)
    .filter((entry) => bytes.readUInt32LE(entry) === PT_LOAD)
    .map((entry) => ({
      address: readAddress(bytes, entry + 16),
      offset: readAddress(bytes, entry + 8),
      size: readAddress(bytes, entry + 32),
    }))
    .filter(({ address }) => address !== 0);
}

/** Section headers: name at 0, address at 16, offset at 24, size at 32. */
function namedSections(bytes: Buffer): ReadonlyMap<string, Segment> {
  const table = readAddress(bytes, 0x28);
  const entrySize = bytes.readUInt16LE(0x3a);
  const entryOf = (at: number) => table + at * entrySize;
  const names = readAddress(bytes, entryOf(bytes.readUInt16LE(0x3e)) + 24);
  return new Map(
    Array.from({ length: bytes.readUInt16LE(0x3c) }, (_, at) => {
      const entry = entryOf(at);
      const section = {
        address: readAddress(bytes, entry + 16),
        offset: readAddress(bytes, entry + 24),
        size: readAddress(bytes, entry + 32),
      };
      return [textAt(bytes, names + bytes.readUInt32LE(entry)), section] as const;
    }),
  );
}

/** A text that ends with a zero byte. */
export function textAt(bytes: Buffer, offset: number): string {
  return bytes.toString('latin1', offset, bytes.indexOf(0, offset));
}
