import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { labCache } from '../support/debian-packages.ts';

/** Vendor and device of the emulated devices that may take the identity of others. */
const OWN_IDS: Readonly<Record<string, string>> = {
  e1000e: '8086:10d3',
  ioh3420: '8086:3420',
  'nec-usb-xhci': '1033:0194',
  'pci-bridge': '1b36:0001',
  'pcie-pci-bridge': '1b36:000e',
  'pcie-root-port': '1b36:000c',
  'qemu-xhci': '1b36:000d',
  rtl8139: '10ec:8139',
  'x3130-upstream': '104c:8232',
  'xio3130-downstream': '104c:8233',
};

/**
 * Gives emulated devices other vendor and device numbers, so that the kernel's own quirks act on
 * them: a copy of the emulator in which the numbers are replaced. QEMU has no option for it. The
 * two numbers of a device stand beside each other in its initialisation, once in the program.
 *
 * @param ids - By QEMU device: `vvvv:dddd`.
 * @returns Path of the copy, kept in the cache.
 * @throws Where a device is not in the table, or its numbers are not in the program just once.
 */
export function patchIds(program: string, ids: Readonly<Record<string, string>>): string {
  const bytes = readFileSync(realpathSync(program));
  const key = createHash('sha256').update(bytes).update(JSON.stringify(ids)).digest('hex');
  const folder = join(labCache(), 'emulators');
  const copy = join(folder, key.slice(0, 20));
  if (existsSync(copy)) return copy;
  for (const [device, id] of Object.entries(ids)) replaceIds(bytes, device, id);
  mkdirSync(folder, { recursive: true });
  const aside = `${copy}.${process.pid}.${Math.random()}`;
  writeFileSync(aside, bytes, { mode: 0o755 });
  renameSync(aside, copy);
  return copy;
}

function replaceIds(bytes: Buffer, device: string, id: string): void {
  const own = OWN_IDS[device];
  if (own === undefined) throw new Error(`No identity known of the QEMU device ${device}`);
  const at = bytes.indexOf(idBytes(own));
  if (at < 0 || bytes.includes(idBytes(own), at + 1)) {
    throw new Error(`The identity ${own} of ${device} is not in this QEMU just once`);
  }
  idBytes(id).copy(bytes, at);
}

function idBytes(id: string): Buffer {
  const [vendor = 0, device = 0] = id.split(':').map((part) => Number.parseInt(part, 16));
  const bytes = Buffer.alloc(4);
  bytes.writeUInt16LE(vendor, 0);
  bytes.writeUInt16LE(device, 2);
  return bytes;
}
