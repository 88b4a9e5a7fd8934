import { unreadable, type Fact } from '../../shared/fact.ts';
import type {
  AcsCapability,
  PcieCapability,
  ResizableBar,
  SriovCapability,
} from '../../shared/host.ts';
import { holdsBytes, readDword, readWord } from './config-bytes.ts';
import { portTypeOf } from './port-type.ts';

/** Capability ids in the first 256 bytes. */
export const CAPABILITY = { SUBSYSTEM: 0x0d, PCIE: 0x10 } as const;

/** Extended capability ids. */
export const EXTENDED_CAPABILITY = {
  ACS: 0x0d,
  ARI: 0x0e,
  SRIOV: 0x10,
  RESIZABLE_BAR: 0x15,
} as const;

const FLR = 1 << 28;
const ARI_FORWARDING = 1 << 5;
const VF_ENABLE = 1 << 0;

/**
 * Decodes the PCI Express capability.
 *
 * Version 1 of the capability may end before Device Control 2; the kernel then takes ARI
 * forwarding as off, and so do we.
 *
 * @see PCI Express Base Specification, "PCI Express Capability Structure"
 */
export function parsePcie(bytes: Uint8Array, offset: number): Fact<PcieCapability> {
  if (!holdsBytes(bytes, offset, 8)) return unreadable('TRUNCATED');
  const flags = readWord(bytes, offset + 2);
  const hasDeviceControl2 = (flags & 0xf) >= 2;
  if (hasDeviceControl2 && !holdsBytes(bytes, offset, 0x2a)) return unreadable('TRUNCATED');
  return {
    offset,
    portType: portTypeOf((flags >> 4) & 0xf),
    hasFlr: (readDword(bytes, offset + 4) & FLR) !== 0,
    forwardsAri: hasDeviceControl2 && (readWord(bytes, offset + 0x28) & ARI_FORWARDING) !== 0,
  };
}

/**
 * Decodes the ACS extended capability, with the dword at +8 that Intel Sunrise Point ports use as
 * their control register.
 *
 * @see PCI Express Base Specification, "ACS Extended Capability"
 * @see Linux drivers/pci/quirks.c, `pci_quirk_intel_spt_pch_acs()`
 */
export function parseAcs(bytes: Uint8Array, offset: number): Fact<AcsCapability> {
  if (!holdsBytes(bytes, offset, 12)) return unreadable('TRUNCATED');
  return {
    offset,
    capability: readWord(bytes, offset + 4),
    control: readWord(bytes, offset + 6),
    controlDwordAt8: readDword(bytes, offset + 8),
  };
}

/**
 * Decodes the SR-IOV extended capability.
 *
 * @see PCI Express Base Specification, "SR-IOV Extended Capability"
 */
export function parseSriov(bytes: Uint8Array, offset: number): Fact<SriovCapability> {
  if (!holdsBytes(bytes, offset, 0x1c)) return unreadable('TRUNCATED');
  return {
    offset,
    isEnabled: (readWord(bytes, offset + 0x08) & VF_ENABLE) !== 0,
    totalVfs: readWord(bytes, offset + 0x0e),
    numVfs: readWord(bytes, offset + 0x10),
    firstVfOffset: readWord(bytes, offset + 0x14),
    vfStride: readWord(bytes, offset + 0x16),
    vfDeviceId: readWord(bytes, offset + 0x1a),
  };
}

const MIB = 1024 * 1024;
const MAX_RESIZABLE_BARS = 6;

/**
 * Decodes the Resizable BAR extended capability: pairs of dwords, the number of pairs in bits 7:5
 * of the first control register.
 *
 * @see PCI Express Base Specification, "Resizable BAR Extended Capability"
 * @see Linux drivers/pci/pci.c, `pci_rebar_get_possible_sizes()`
 */
export function parseResizableBars(
  bytes: Uint8Array,
  offset: number,
): Fact<readonly ResizableBar[]> {
  if (!holdsBytes(bytes, offset, 12)) return unreadable('TRUNCATED');
  const count = Math.min((readDword(bytes, offset + 8) >>> 5) & 7, MAX_RESIZABLE_BARS);
  if (!holdsBytes(bytes, offset, 4 + count * 8)) return unreadable('TRUNCATED');
  return Array.from({ length: count }, (_, pair) => {
    const sizes = (readDword(bytes, offset + 4 + pair * 8) >>> 4) & 0x0fff_ffff;
    const control = readDword(bytes, offset + 8 + pair * 8);
    return {
      index: control & 7,
      sizeBytes: 2 ** ((control >>> 8) & 0x3f) * MIB,
      largestBytes: sizes === 0 ? 0 : 2 ** (31 - Math.clz32(sizes)) * MIB,
    };
  });
}
