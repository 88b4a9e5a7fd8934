/** What a function is in one word: for icons, search and sorting, never for a decision. */
export type DeviceKind =
  | 'gpu'
  | 'audio'
  | 'nvme'
  | 'sata'
  | 'raid'
  | 'storage'
  | 'usb'
  | 'thunderbolt'
  | 'ethernet'
  | 'wireless'
  | 'network'
  | 'bridge'
  | 'host-bridge'
  | 'isa-bridge'
  | 'smbus'
  | 'iommu'
  | 'serial'
  | 'memory'
  | 'crypto'
  | 'accelerator'
  | 'system'
  | 'other';

/** Base class and subclass as one number: kind and name. */
const SUBCLASSES: Readonly<Record<number, readonly [DeviceKind, string]>> = {
  0x0001: ['gpu', 'VGA compatible unclassified device'],
  0x0100: ['storage', 'SCSI storage controller'],
  0x0101: ['sata', 'IDE interface'],
  0x0104: ['raid', 'RAID bus controller'],
  0x0105: ['sata', 'ATA controller'],
  0x0106: ['sata', 'SATA controller'],
  0x0107: ['storage', 'Serial Attached SCSI controller'],
  0x0108: ['nvme', 'Non-Volatile memory controller'],
  0x0200: ['ethernet', 'Ethernet controller'],
  0x0207: ['network', 'Infiniband controller'],
  0x0208: ['network', 'Fabric controller'],
  // Nearly every Wi-Fi card calls itself "other network controller".
  0x0280: ['wireless', 'Network controller'],
  0x0300: ['gpu', 'VGA compatible controller'],
  0x0302: ['gpu', '3D controller'],
  0x0380: ['gpu', 'Display controller'],
  0x0401: ['audio', 'Multimedia audio controller'],
  0x0403: ['audio', 'Audio device'],
  0x0500: ['memory', 'RAM memory'],
  0x0502: ['memory', 'CXL memory'],
  0x0600: ['host-bridge', 'Host bridge'],
  0x0601: ['isa-bridge', 'ISA bridge'],
  0x0604: ['bridge', 'PCI bridge'],
  0x0607: ['bridge', 'CardBus bridge'],
  0x0609: ['bridge', 'Semi-transparent PCI-to-PCI bridge'],
  0x0700: ['serial', 'Serial controller'],
  0x0780: ['system', 'Communication controller'],
  0x0805: ['storage', 'SD host controller'],
  0x0806: ['iommu', 'IOMMU'],
  0x0807: ['system', 'Root complex event collector'],
  0x0880: ['system', 'System peripheral'],
  0x0c03: ['usb', 'USB controller'],
  0x0c04: ['storage', 'Fibre Channel'],
  0x0c05: ['smbus', 'SMBus'],
  0x0c06: ['network', 'InfiniBand'],
  0x0c80: ['serial', 'Serial bus controller'],
  0x0d11: ['wireless', 'Bluetooth'],
};

const BASE_CLASSES: Readonly<Record<number, readonly [DeviceKind, string]>> = {
  0x00: ['other', 'Unclassified device'],
  0x01: ['storage', 'Mass storage controller'],
  0x02: ['network', 'Network controller'],
  0x03: ['gpu', 'Display controller'],
  0x04: ['other', 'Multimedia controller'],
  0x05: ['memory', 'Memory controller'],
  0x06: ['bridge', 'Bridge'],
  0x07: ['serial', 'Communication controller'],
  0x08: ['system', 'Generic system peripheral'],
  0x09: ['other', 'Input device controller'],
  0x0a: ['other', 'Docking station'],
  0x0b: ['system', 'Processor'],
  0x0c: ['serial', 'Serial bus controller'],
  0x0d: ['wireless', 'Wireless controller'],
  0x0e: ['other', 'Intelligent controller'],
  0x0f: ['other', 'Satellite communications controller'],
  0x10: ['crypto', 'Encryption controller'],
  0x11: ['system', 'Signal processing controller'],
  0x12: ['accelerator', 'Processing accelerator'],
  0x13: ['other', 'Non-essential instrumentation'],
  0x40: ['accelerator', 'Coprocessor'],
};

const USB4_HOST_INTERFACE = 0x0c0340;

/** The kind of a function by its class code of 24 bits. */
export function deviceKind(classCode: number): DeviceKind {
  if (classCode === USB4_HOST_INTERFACE) return 'thunderbolt';
  return classEntry(classCode)?.[0] ?? 'other';
}

/**
 * A name for a class code of 24 bits without `pci.ids`: the subclass where it is a common one,
 * otherwise the base class.
 *
 * @see PCI Code and ID Assignment Specification, "Class Codes"
 */
export function className(classCode: number): string {
  if (classCode === USB4_HOST_INTERFACE) return 'USB4 host interface';
  return classEntry(classCode)?.[1] ?? `Class ${(classCode >>> 8).toString(16).padStart(4, '0')}`;
}

function classEntry(classCode: number): readonly [DeviceKind, string] | undefined {
  return SUBCLASSES[classCode >>> 8] ?? BASE_CLASSES[classCode >>> 16];
}

/**
 * The class that a name stands for, as lspci and this file call it. Only the classes of the table
 * above have one; their programming interface is left zero.
 *
 * @returns 24 bits.
 */
export function classByName(name: string): number | undefined {
  classesByName ??= new Map([...entriesOf(BASE_CLASSES, 16), ...entriesOf(SUBCLASSES, 8)]);
  return classesByName.get(name);
}

let classesByName: ReadonlyMap<string, number> | undefined;

function entriesOf(
  table: Readonly<Record<number, readonly [DeviceKind, string]>>,
  shift: number,
): readonly (readonly [string, number])[] {
  return Object.entries(table).map(([code, [, name]]) => [name, Number(code) << shift]);
}
