import { unreadable, type Fact, type Unreadable } from '../../shared/fact.ts';
import { holdsBytes, readByte, readDword, readWord } from './config-bytes.ts';
import { CAPABILITY } from './parse-capability.ts';
import { walkCapabilities } from './walk-capabilities.ts';

/** What the header of configuration space says about what the function is. */
export interface Identity {
  /** Unreadable with `ALL_ONES` on a VF, whose header has 0xffff here. */
  readonly vendorId: number | Unreadable;
  /** See `vendorId`. */
  readonly deviceId: number | Unreadable;
  /** 24 bits, base class in the upper byte. */
  readonly classCode: number;
  readonly revision: number;
  /** Subsystem vendor in the upper, subsystem device in the lower 16 bits. */
  readonly subsystem: Fact<number>;
}

/**
 * Reads the ids from configuration space.
 *
 * @param bytes - At least 64 bytes, not all 0xff; see `parseConfigSpace`.
 * @see Linux v6.12 drivers/pci/probe.c, `pci_setup_device()`, for where each header type keeps its
 *   subsystem ids
 */
export function parseIdentity(bytes: Uint8Array): Identity {
  return {
    vendorId: idAt(bytes, 0x00),
    deviceId: idAt(bytes, 0x02),
    classCode: readDword(bytes, 0x08) >>> 8,
    revision: readByte(bytes, 0x08),
    subsystem: parseSubsystem(bytes, readByte(bytes, 0x0e) & 0x7f),
  };
}

function idAt(bytes: Uint8Array, offset: number): number | Unreadable {
  const id = readWord(bytes, offset);
  return id === 0xffff ? unreadable('ALL_ONES') : id;
}

function parseSubsystem(bytes: Uint8Array, headerType: number): Fact<number> {
  if (headerType === 1) return parseBridgeSubsystem(bytes);
  const [vendorAt, deviceAt] = headerType === 2 ? [0x40, 0x42] : [0x2c, 0x2e];
  if (!holdsBytes(bytes, deviceAt, 2)) return unreadable('TRUNCATED');
  return joinIds(readWord(bytes, vendorAt), readWord(bytes, deviceAt));
}

/** A bridge keeps them in a capability of its own, or has none. */
function parseBridgeSubsystem(bytes: Uint8Array): Fact<number> {
  const walk = walkCapabilities(bytes, 1);
  const offset = walk.offsets.get(CAPABILITY.SUBSYSTEM);
  if (offset === undefined) return walk.isComplete ? undefined : unreadable('TRUNCATED');
  if (!holdsBytes(bytes, offset, 8)) return unreadable('TRUNCATED');
  return joinIds(readWord(bytes, offset + 4), readWord(bytes, offset + 6));
}

/** Puts two 16-bit ids into one number; zero in both means that there are none. */
export function joinIds(vendorId: number, deviceId: number): number | undefined {
  return vendorId === 0 && deviceId === 0 ? undefined : ((vendorId << 16) | deviceId) >>> 0;
}
