import { isUnreadable, unreadable, type Fact, type Unreadable } from '../../shared/fact.ts';
import type { BridgeNumbers, ConfigSpace } from '../../shared/host.ts';
import { holdsBytes, readByte, readDword } from './config-bytes.ts';
import {
  CAPABILITY,
  EXTENDED_CAPABILITY,
  parseAcs,
  parsePcie,
  parseResizableBars,
  parseSriov,
} from './parse-capability.ts';
import {
  walkCapabilities,
  walkExtendedCapabilities,
  type CapabilityWalk,
} from './walk-capabilities.ts';

export interface ConfigSpaceOptions {
  /** Whether to note the dword at 0xF0, which matters on device 1f function 0 of a root bus. */
  readonly readsRcba: boolean;
}

/** The standardised header: nobody is refused these bytes. */
const HEADER_BYTES = 64;
const RCBA = 0xf0;

/**
 * Decodes configuration space.
 *
 * What the bytes cannot say is `TRUNCATED`, never absent: without CAP_SYS_ADMIN the kernel gives
 * 64 bytes, and an archive may hold 256 of a PCI Express function. A function whose complete
 * capability list has no PCI Express capability is conventional; it has no extended capabilities.
 *
 * @param bytes - What `config` gave: 64, 128 (CardBus bridge), 256 or 4096 bytes.
 * @returns Unreadable with `TRUNCATED` below 64 bytes, and with `ALL_ONES` when every byte of the
 *   header reads 0xff, which is what a function that is gone or powered down answers.
 * @see Linux v6.12 drivers/pci/pci-sysfs.c, `pci_read_config()`
 */
export function parseConfigSpace(
  bytes: Uint8Array,
  options: ConfigSpaceOptions = { readsRcba: false },
): ConfigSpace | Unreadable {
  if (bytes.length < HEADER_BYTES) return unreadable('TRUNCATED');
  if (isAllOnes(bytes)) return unreadable('ALL_ONES');
  const headerByte = readByte(bytes, 0x0e);
  const headerType = headerByte & 0x7f;
  return {
    lengthBytes: bytes.length,
    headerType,
    hasMultifunctionBit: (headerByte & 0x80) !== 0,
    bridge: headerType === 1 || headerType === 2 ? parseBridgeNumbers(bytes) : undefined,
    ...parseCapabilities(bytes, headerType),
    ...(options.readsRcba ? { rcba: parseRcba(bytes) } : {}),
  };
}

/** Stops at the first byte that differs, nearly always the first one. */
function isAllOnes(bytes: Uint8Array): boolean {
  for (let offset = 0; offset < HEADER_BYTES; offset++) {
    if (bytes[offset] !== 0xff) return false;
  }
  return true;
}

function parseBridgeNumbers(bytes: Uint8Array): BridgeNumbers {
  return {
    primary: readByte(bytes, 0x18),
    secondary: readByte(bytes, 0x19),
    subordinate: readByte(bytes, 0x1a),
  };
}

type Capabilities = Pick<ConfigSpace, 'pcie' | 'acs' | 'hasAri' | 'sriov' | 'resizableBars'>;

const CONVENTIONAL: Capabilities = {
  pcie: undefined,
  acs: undefined,
  hasAri: false,
  sriov: undefined,
};

const TRUNCATED = unreadable('TRUNCATED');
const ALL_TRUNCATED: Capabilities = {
  pcie: TRUNCATED,
  acs: TRUNCATED,
  hasAri: TRUNCATED,
  sriov: TRUNCATED,
};

function parseCapabilities(bytes: Uint8Array, headerType: number): Capabilities {
  const list = walkCapabilities(bytes, headerType);
  const pcie = decode(list, CAPABILITY.PCIE, (offset) => parsePcie(bytes, offset));
  if (pcie === undefined) return CONVENTIONAL;
  if (isUnreadable(pcie)) return ALL_TRUNCATED;
  const extended = walkExtendedCapabilities(bytes);
  const resizableBars = decode(extended, EXTENDED_CAPABILITY.RESIZABLE_BAR, (offset) =>
    parseResizableBars(bytes, offset),
  );
  return {
    pcie,
    acs: decode(extended, EXTENDED_CAPABILITY.ACS, (offset) => parseAcs(bytes, offset)),
    hasAri: decode(extended, EXTENDED_CAPABILITY.ARI, () => true) ?? false,
    sriov: decode(extended, EXTENDED_CAPABILITY.SRIOV, (offset) => parseSriov(bytes, offset)),
    ...(resizableBars !== undefined && { resizableBars }),
  };
}

function decode<T>(walk: CapabilityWalk, id: number, parse: (offset: number) => Fact<T>): Fact<T> {
  const offset = walk.offsets.get(id);
  if (offset !== undefined) return parse(offset);
  return walk.isComplete ? undefined : TRUNCATED;
}

function parseRcba(bytes: Uint8Array): Fact<number> {
  return holdsBytes(bytes, RCBA, 4) ? readDword(bytes, RCBA) : TRUNCATED;
}
