/**
 * Reads little-endian numbers from configuration space. The caller has checked with
 * {@link holdsBytes} that the bytes are there; a byte beyond the end reads as zero.
 */
export function readByte(bytes: Uint8Array, offset: number): number {
  return bytes[offset] ?? 0;
}

/** Two bytes, see {@link readByte}. */
export function readWord(bytes: Uint8Array, offset: number): number {
  return readByte(bytes, offset) | (readByte(bytes, offset + 1) << 8);
}

/** Four bytes as a number without sign, see {@link readByte}. */
export function readDword(bytes: Uint8Array, offset: number): number {
  return (readWord(bytes, offset) | (readWord(bytes, offset + 2) << 16)) >>> 0;
}

/** Whether `size` bytes from `offset` on were read. */
export function holdsBytes(bytes: Uint8Array, offset: number, size: number): boolean {
  return offset >= 0 && offset + size <= bytes.length;
}
