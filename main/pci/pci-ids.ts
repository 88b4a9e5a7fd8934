/** Names of vendors, devices and classes, as the PCI ID Repository gives them. */
export interface PciNames {
  /** `Version:` line of the file, `2023.04.10`. */
  readonly version: string | undefined;
  vendor(vendorId: number): string | undefined;
  device(vendorId: number, deviceId: number): string | undefined;
  /** Name of a card: a device with a subsystem vendor and device. */
  subsystem(
    vendorId: number,
    deviceId: number,
    subsystemVendorId: number,
    subsystemDeviceId: number,
  ): string | undefined;
  /**
   * Name of a class: its subclass, or where that has no name its base class.
   *
   * @param classCode - 24 bits: base class, subclass, programming interface.
   */
  classOf(classCode: number): string | undefined;
  /** Name of the programming interface: `AHCI 1.0`, `XHCI`. */
  programmingInterface(classCode: number): string | undefined;
}

/**
 * Makes names available from the text of a `pci.ids` file.
 *
 * A file has some 36,000 lines, a host a few dozen functions: nothing is built from the text.
 * Each question searches it, and the devices of a vendor are indexed when it is first asked about.
 *
 * @param text - The whole file. Text of any other kind gives no names.
 * @see the head of the file itself, "Syntax"
 */
export function parsePciIds(text: string): PciNames {
  const vendors = new Map<number, Vendor | undefined>();
  const vendorOf = (id: number) => remember(vendors, id, () => indexVendor(text, id));
  const deviceLines = (vendorId: number, id: number) => {
    const vendor = vendorOf(vendorId);
    const start = vendor?.devices.get(id);
    return vendor && start !== undefined ? blockAt(vendor.lines, start, 1) : undefined;
  };
  const baseLines = (code: number) => findBlock(text, `\nC ${hex(code >> 16, 2)}  `, 0);
  const subLines = (code: number) =>
    findBlock(baseLines(code), `\n\t${hex((code >> 8) & 0xff, 2)}  `, 1);
  return {
    version: pciIdsVersion(text),
    vendor: (id) => nameOf(vendorOf(id)?.lines),
    device: (vendorId, id) => nameOf(deviceLines(vendorId, id)),
    subsystem: (vendorId, id, subVendor, subDevice) => {
      const key = `\n\t\t${hex(subVendor, 4)} ${hex(subDevice, 4)}  `;
      return nameOf(findBlock(deviceLines(vendorId, id), key, 2));
    },
    classOf: (code) => nameOf(subLines(code)) ?? nameOf(baseLines(code)),
    programmingInterface: (code) =>
      nameOf(findBlock(subLines(code), `\n\t\t${hex(code & 0xff, 2)}  `, 2)),
  };
}

/**
 * Reads the version from the head of a `pci.ids` file. Versions sort as text.
 *
 * @param text - The file or its first kilobyte.
 */
export function pciIdsVersion(text: string): string | undefined {
  return /^#\s+Version:\s+(\d{4}\.\d{2}\.\d{2})/m.exec(text.slice(0, 4096))?.[1];
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

function remember<V>(cache: Map<number, V>, key: number, find: () => V): V {
  if (cache.has(key)) return cache.get(key) as V;
  const value = find();
  cache.set(key, value);
  return value;
}

interface Vendor {
  /** The vendor's line and those of its devices. */
  readonly lines: string;
  /** Device id to the place of its line in `lines`. */
  readonly devices: ReadonlyMap<number, number>;
}

/** One pass over the lines of a vendor: Intel has 7,000. */
function indexVendor(text: string, vendorId: number): Vendor | undefined {
  const lines = findBlock(text, `\n${hex(vendorId, 4)}  `, 0);
  if (lines === undefined) return undefined;
  const devices = new Map<number, number>();
  for (let at = lines.indexOf('\n\t', 1); at >= 0; at = lines.indexOf('\n\t', at + 1)) {
    if (lines[at + 2] !== '\t') devices.set(parseInt(lines.slice(at + 2, at + 6), 16), at);
  }
  return { lines, devices };
}

/**
 * Finds a line and the deeper lines that belong to it.
 *
 * @param key - Line break, indentation, id and two spaces: what the line begins with.
 * @param depth - Number of tabs before the line.
 * @returns From the line break before the line to the one before the next line that is no deeper.
 */
function findBlock(lines: string | undefined, key: string, depth: number): string | undefined {
  const start = lines?.indexOf(key) ?? -1;
  return lines === undefined || start < 0 ? undefined : blockAt(lines, start, depth);
}

function blockAt(lines: string, start: number, depth: number): string {
  let end = lineEnd(lines, start + 1);
  while (end < lines.length && isDeeper(lines, end + 1, depth)) end = lineEnd(lines, end + 1);
  return lines.slice(start, end);
}

function lineEnd(lines: string, from: number): number {
  const end = lines.indexOf('\n', from);
  return end < 0 ? lines.length : end;
}

/** Comments stand between the devices of a vendor and belong to nobody. */
function isDeeper(lines: string, lineStart: number, depth: number): boolean {
  if (lines[lineStart] === '#') return true;
  for (let at = lineStart; at <= lineStart + depth; at++) {
    if (lines[at] !== '\t') return false;
  }
  return true;
}

/** The text after the two spaces on the first line of a block. */
function nameOf(block: string | undefined): string | undefined {
  if (block === undefined) return undefined;
  const line = block.slice(1, lineEnd(block, 1));
  return line.slice(line.indexOf('  ') + 2).trim() || undefined;
}
