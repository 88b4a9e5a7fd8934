import { walkExtendedCapabilities } from '../pci/walk-capabilities.ts';

/** Extended capability *Device Serial Number*: 8 bytes behind its header. */
const DEVICE_SERIAL_NUMBER = 0x0003;
const HEADER_BYTES = 4;
const SERIAL_BYTES = 8;

/**
 * Sets the Device Serial Number in a configuration space to zero, as the collector does: network
 * cards make it from their hardware address.
 *
 * @param bytes - Changed in place.
 * @returns Whether there was something to clear.
 * @see PCI Express Base Specification, "Device Serial Number Extended Capability"
 */
export function clearDeviceSerial(bytes: Uint8Array): boolean {
  const offset = walkExtendedCapabilities(bytes).offsets.get(DEVICE_SERIAL_NUMBER);
  if (offset === undefined) return false;
  const start = offset + HEADER_BYTES;
  const serial = bytes.subarray(start, start + SERIAL_BYTES);
  if (serial.every((byte) => byte === 0)) return false;
  serial.fill(0);
  return true;
}
