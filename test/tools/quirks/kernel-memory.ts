import { formatAddress, type Address, type Segment } from './address.ts';
import { readElf } from './elf.ts';
import { QuirkToolError } from './quirk-tool-error.ts';

/** The bytes of a kernel, and where it sees them. */
export interface KernelMemory {
  readonly bytes: Buffer;
  readonly architecture: 'x86_64' | 'arm64';
  readonly segments: readonly Segment[];
  /** Named parts; an arm64 Image names none. */
  readonly sections: ReadonlyMap<string, Segment>;
}

/**
 * Maps an unpacked kernel.
 *
 * @param arm64Base - Address of the first byte of an arm64 Image, where it is known already.
 */
export function mapKernel(bytes: Buffer, arm64Base: Address = 0): KernelMemory {
  if (isElf(bytes)) return { bytes, architecture: 'x86_64', ...readElf(bytes) };
  if (!isArm64Image(bytes)) throw new QuirkToolError('Not a kernel');
  const whole = { address: arm64Base, offset: 0, size: bytes.length };
  return { bytes, architecture: 'arm64', segments: [whole], sections: new Map() };
}

/** Where in the file the byte of an address lies; `undefined` for memory that no file fills. */
export function offsetOf(memory: KernelMemory, address: Address): number | undefined {
  const segment = memory.segments.find(
    (candidate) => address >= candidate.address && address < candidate.address + candidate.size,
  );
  return segment && address - segment.address + segment.offset;
}

function isElf(image: Buffer): boolean {
  return image.toString('latin1', 0, 4) === '\x7fELF';
}

/** @see Linux Documentation/arch/arm64/booting.rst, field `magic` */
function isArm64Image(image: Buffer): boolean {
  return image.toString('latin1', 0x38, 0x3c) === 'ARMd';
}

/** The bytes from an address on; throws where the file has none. */
export function bytesAt(memory: KernelMemory, address: Address, length: number): Buffer {
  const offset = offsetOf(memory, address);
  if (offset === undefined || offset + length > memory.bytes.length) {
    throw new QuirkToolError(`The kernel has no bytes at ${formatAddress(address)}`);
  }
  return memory.bytes.subarray(offset, offset + length);
}
