import { isUnreadable, unreadable } from '../../shared/fact.ts';
import type { IommuFacts, PciFunction } from '../../shared/host.ts';

type ProcessorFacts = Pick<IommuFacts, 'cpuVendor' | 'architecture' | 'platform'>;

const HOST_BRIDGE = 0x0600;
const VENDORS: ReadonlyMap<number, string> = new Map([
  [0x8086, 'GenuineIntel'],
  [0x1022, 'AuthenticAMD'],
  // Northbridges of AMD boards before Zen still have ATI's id.
  [0x1002, 'AuthenticAMD'],
]);

/**
 * Concludes the processor from the host bridge at 00:00.0, which is part of it (or stands beside
 * it, in old machines). QEMU's own, 8086:1237 and 8086:29c0, say nothing about the processor.
 */
export function inferProcessor(
  stated: ProcessorFacts,
  functions: readonly PciFunction[],
): ProcessorFacts {
  const bridge = functions.find(({ bdf }) => bdf === '0000:00:00.0');
  const isHostBridge =
    typeof bridge?.classCode === 'number' && bridge.classCode >>> 8 === HOST_BRIDGE;
  const isEmulated = bridge?.deviceId === 0x1237 || bridge?.deviceId === 0x29c0;
  if (!isHostBridge || isEmulated || typeof bridge.vendorId !== 'number') return stated;
  const vendor = VENDORS.get(bridge.vendorId);
  if (vendor === undefined) return stated;
  const isVendorKnown = stated.cpuVendor !== undefined && !isUnreadable(stated.cpuVendor);
  return {
    cpuVendor: isVendorKnown ? stated.cpuVendor : vendor,
    architecture: isUnreadable(stated.architecture) ? 'x86_64' : stated.architecture,
    platform: stated.platform ?? unreadable('NOT_RECORDED'),
  };
}
