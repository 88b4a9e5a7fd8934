/**
 * Addresses of the upper half are held as negative numbers (0xffffffff81000000 is -0x7f000000):
 * so they fit into a number without loss.
 */
export type Address = number;

/** A piece of the file that the kernel sees at an address. */
export interface Segment {
  readonly address: Address;
  readonly offset: number;
  readonly size: number;
}

/** A pointer of 64 bits. */
export function readAddress(bytes: Buffer, offset: number): Address {
  return bytes.readInt32LE(offset + 4) * 0x1_0000_0000 + bytes.readUInt32LE(offset);
}

export function formatAddress(address: Address): string {
  return `0x${BigInt.asUintN(64, BigInt(address)).toString(16)}`;
}
