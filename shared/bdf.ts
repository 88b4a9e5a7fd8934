/**
 * Address of a PCI function as the kernel writes it: `dddd:bb:dd.f`, lower-case hexadecimal. The
 * domain has at least four digits and more where needed (VMD: `10000:e1:00.0`).
 */
export type Bdf = string & { readonly __brand: 'Bdf' };

/** The numbers in an address. */
export interface BdfParts {
  readonly domain: number;
  readonly bus: number;
  /** Device number, 0 to 31. */
  readonly deviceNumber: number;
  /** Function number, 0 to 7. */
  readonly functionNumber: number;
}

const BDF = /^(?:([0-9a-f]{1,8}):)?([0-9a-f]{1,2}):([0-9a-f]{1,2})\.([0-7])$/i;
const KERNEL_FORM = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/;

/**
 * Reads an address as people type it: with or without domain, any case, short digits.
 *
 * @returns The address in the kernel's form, or `undefined` when the text is no address.
 */
export function parseBdf(text: string): Bdf | undefined {
  if (KERNEL_FORM.test(text)) return text as Bdf;
  const match = BDF.exec(text.trim());
  if (!match) return undefined;
  const deviceNumber = parseInt(match[3] ?? '', 16);
  if (deviceNumber > 31) return undefined;
  return formatBdf({
    domain: parseInt(match[1] ?? '0', 16),
    bus: parseInt(match[2] ?? '', 16),
    deviceNumber,
    functionNumber: parseInt(match[4] ?? '', 16),
  });
}

/** Splits an address into its numbers. */
export function bdfParts(bdf: Bdf): BdfParts {
  const end = bdf.length;
  return {
    domain: parseInt(bdf.slice(0, end - 8), 16),
    bus: parseInt(bdf.slice(end - 7, end - 5), 16),
    deviceNumber: parseInt(bdf.slice(end - 4, end - 2), 16),
    functionNumber: bdf.charCodeAt(end - 1) - 48,
  };
}

/** Writes an address in the kernel's form. */
export function formatBdf(parts: BdfParts): Bdf {
  const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
  const { domain, bus, deviceNumber, functionNumber } = parts;
  return `${hex(domain, 4)}:${hex(bus, 2)}:${hex(deviceNumber, 2)}.${functionNumber}` as Bdf;
}

/** Orders addresses by domain, bus, device and function number. */
export function compareBdf(a: Bdf, b: Bdf): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** The address without domain `0000:`, as people read it on one host. */
export function shortBdf(bdf: Bdf): string {
  return bdf.startsWith('0000:') ? bdf.slice(5) : bdf;
}
