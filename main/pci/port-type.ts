import type { PortType } from '../../shared/host.ts';

/** Device/Port Type codes of the PCI Express Capabilities register, bits 7:4. */
const PORT_TYPES: readonly PortType[] = [
  'endpoint',
  'legacy-endpoint',
  'reserved',
  'reserved',
  'root-port',
  'upstream-port',
  'downstream-port',
  'pcie-to-pci-bridge',
  'pci-to-pcie-bridge',
  'rciep',
  'rcec',
];

/**
 * Names a Device/Port Type code.
 *
 * @param code - Bits 7:4 of the PCI Express Capabilities register.
 * @see PCI Express Base Specification, "PCI Express Capabilities Register"
 */
export function portTypeOf(code: number): PortType {
  return PORT_TYPES[code] ?? 'reserved';
}

/** The code of a port type; 2 stands for every reserved one. */
export function portTypeCode(portType: PortType): number {
  return PORT_TYPES.indexOf(portType);
}
