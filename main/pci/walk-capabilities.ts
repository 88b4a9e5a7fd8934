import { holdsBytes, readByte, readDword, readWord } from './config-bytes.ts';

/** Where a capability list led. */
export interface CapabilityWalk {
  /** Capability id to offset of its first occurrence. */
  readonly offsets: ReadonlyMap<number, number>;
  /**
   * False when the list goes on beyond the bytes that were read: an id that is not in `offsets`
   * is then unknown, not absent.
   */
  readonly isComplete: boolean;
}

/** Linux PCI_FIND_CAP_TTL: the kernel gives up after so many entries. */
const MAX_CAPABILITIES = 48;
/** Linux: (4096 - 256) / 8, as many extended capabilities as could exist. */
const MAX_EXTENDED_CAPABILITIES = 480;

const STATUS = 0x06;
const STATUS_HAS_LIST = 0x10;
const FIRST_POINTER = 0x34;
const FIRST_POINTER_CARDBUS = 0x14;
const FIRST_EXTENDED = 0x100;
const NOTHING: CapabilityWalk = { offsets: new Map(), isComplete: true };

/**
 * Walks the capability list in the first 256 bytes.
 *
 * @param headerType - 0 endpoint, 1 bridge, 2 CardBus bridge (its list starts elsewhere).
 * @see Linux v6.12 drivers/pci/pci.c, `__pci_bus_find_cap_start()` and
 *   `__pci_find_next_cap_ttl()`
 */
export function walkCapabilities(bytes: Uint8Array, headerType: number): CapabilityWalk {
  if ((readWord(bytes, STATUS) & STATUS_HAS_LIST) === 0) return NOTHING;
  const offsets = new Map<number, number>();
  const start = headerType === 2 ? FIRST_POINTER_CARDBUS : FIRST_POINTER;
  let offset = readByte(bytes, start) & 0xfc;
  for (let count = 0; offset >= 0x40 && count < MAX_CAPABILITIES; count++) {
    if (!holdsBytes(bytes, offset, 2)) return { offsets, isComplete: false };
    const id = readByte(bytes, offset);
    if (id === 0xff) break;
    if (!offsets.has(id)) offsets.set(id, offset);
    offset = readByte(bytes, offset + 1) & 0xfc;
  }
  return { offsets, isComplete: true };
}

/**
 * Walks the extended capabilities of a PCI Express function, from 0x100 on.
 *
 * @returns An incomplete walk when no more than 256 bytes were read, because the list then lies
 *   wholly outside.
 * @see Linux v6.12 drivers/pci/pci.c, `pci_find_next_ext_capability()`
 */
export function walkExtendedCapabilities(bytes: Uint8Array): CapabilityWalk {
  const offsets = new Map<number, number>();
  let offset = FIRST_EXTENDED;
  for (let count = 0; offset >= FIRST_EXTENDED && count < MAX_EXTENDED_CAPABILITIES; count++) {
    if (!holdsBytes(bytes, offset, 4)) return { offsets, isComplete: false };
    const header = readDword(bytes, offset);
    if (header === 0 || header === 0xffffffff) break;
    const id = header & 0xffff;
    if (!offsets.has(id)) offsets.set(id, offset);
    offset = (header >>> 20) & 0xffc;
  }
  return { offsets, isComplete: true };
}
