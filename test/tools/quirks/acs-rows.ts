import { readAddress, type Address } from './address.ts';
import { idText } from './id-text.ts';
import type { NamedKernel } from './kallsyms.ts';
import { bytesAt } from './kernel-memory.ts';
import { QuirkToolError } from './quirk-tool-error.ts';

/** One row of `pci_dev_acs_enabled[]`. */
export interface KernelAcsRow {
  readonly vendor: string;
  readonly device: string;
  readonly kernelFunction: string;
}

/** One row of `pci_dev_acs_ops[]`. */
export interface KernelAcsOps {
  readonly vendor: string;
  readonly device: string;
  readonly enableAcs: string;
  readonly disableAcsRedir: string | undefined;
}

/** One row of `fixed_dma_alias_tbl[]`. */
export interface FixedAlias {
  readonly vendor: string;
  readonly device: string;
  readonly subvendor: string;
  readonly subdevice: string;
  /** Two hexadecimal digits: the devfn that the function uses besides its own. */
  readonly devfn: string;
}

/** Says which function starts at an address; `undefined` where none does. */
type FunctionAt = (address: Address) => string | undefined;

/** No table here is longer than this; a missing end is found before the kernel's is. */
const MOST_BYTES = 64 * 1024;
const ACS_ROW_BYTES = 16;
const ACS_OPS_BYTES = 24;

export function readAcsRows(kernel: NamedKernel): readonly KernelAcsRow[] {
  return decodeAcsRows(tableBytes(kernel, 'pci_dev_acs_enabled'), functionNames(kernel));
}

export function readAcsOps(kernel: NamedKernel): readonly KernelAcsOps[] {
  return decodeAcsOps(tableBytes(kernel, 'pci_dev_acs_ops'), functionNames(kernel));
}

export function readIntelPchIds(kernel: NamedKernel): readonly string[] {
  return decodeIdList(tableBytes(kernel, 'pci_quirk_intel_pch_acs_ids'));
}

/** @param entryBytes - Size of `struct pci_device_id`: 32 bytes before 5.16, 40 since. */
export function readFixedAliases(kernel: NamedKernel, entryBytes: number): readonly FixedAlias[] {
  return decodeFixedAliases(tableBytes(kernel, 'fixed_dma_alias_tbl'), entryBytes);
}

/** @see Linux drivers/pci/quirks.c, `struct pci_dev_acs_enabled`; ends with zeroes */
export function decodeAcsRows(bytes: Buffer, functionAt: FunctionAt): readonly KernelAcsRow[] {
  const rows: KernelAcsRow[] = [];
  for (let at = 0; at + ACS_ROW_BYTES <= bytes.length; at += ACS_ROW_BYTES) {
    const address = readAddress(bytes, at + 8);
    if (address === 0) return rows;
    const kernelFunction = functionAt(address);
    if (kernelFunction === undefined) {
      throw new QuirkToolError(`Row ${rows.length} of pci_dev_acs_enabled names no function`);
    }
    rows.push({ ...idsAt(bytes, at), kernelFunction });
  }
  throw new QuirkToolError('The table pci_dev_acs_enabled has no end');
}

/**
 * The kernel knows this table's length and gives it no end: the first entry whose function is none
 * lies behind it.
 *
 * @see Linux drivers/pci/quirks.c, `struct pci_dev_acs_ops`
 */
export function decodeAcsOps(bytes: Buffer, functionAt: FunctionAt): readonly KernelAcsOps[] {
  const rows: KernelAcsOps[] = [];
  for (let at = 0; at + ACS_OPS_BYTES <= bytes.length; at += ACS_OPS_BYTES) {
    const enableAcs = functionAt(readAddress(bytes, at + 8));
    const redirect = readAddress(bytes, at + 16);
    const disableAcsRedir = redirect === 0 ? undefined : functionAt(redirect);
    const isRow = enableAcs !== undefined && (redirect === 0 || disableAcsRedir !== undefined);
    if (!isRow) break;
    rows.push({ ...idsAt(bytes, at), enableAcs, disableAcsRedir });
  }
  return rows;
}

/** A list of 16-bit device ids that ends with zero. */
export function decodeIdList(bytes: Buffer): readonly string[] {
  const ids: string[] = [];
  for (let at = 0; at + 2 <= bytes.length; at += 2) {
    const id = bytes.readUInt16LE(at);
    if (id === 0) return ids;
    ids.push(idText(id));
  }
  throw new QuirkToolError('The table pci_quirk_intel_pch_acs_ids has no end');
}

/** @see Linux include/linux/mod_devicetable.h, `struct pci_device_id`; `driver_data` is the devfn */
export function decodeFixedAliases(bytes: Buffer, entryBytes: number): readonly FixedAlias[] {
  const rows: FixedAlias[] = [];
  for (let at = 0; at + entryBytes <= bytes.length; at += entryBytes) {
    if (bytes.readUInt32LE(at) === 0) return rows;
    const id = (field: number) => idText(bytes.readUInt32LE(at + field * 4));
    rows.push({
      vendor: id(0),
      device: id(1),
      subvendor: id(2),
      subdevice: id(3),
      devfn: bytes
        .readUInt8(at + 24)
        .toString(16)
        .padStart(2, '0'),
    });
  }
  throw new QuirkToolError('The table fixed_dma_alias_tbl has no end');
}

function idsAt(bytes: Buffer, at: number): { readonly vendor: string; readonly device: string } {
  return { vendor: idText(bytes.readUInt16LE(at)), device: idText(bytes.readUInt16LE(at + 2)) };
}

function tableBytes({ memory, symbols }: NamedKernel, name: string): Buffer {
  const address = symbols.addressOf(name);
  if (address === undefined) throw new QuirkToolError(`The kernel does not name its table ${name}`);
  return bytesAt(memory, address, MOST_BYTES);
}

function functionNames({ symbols }: NamedKernel): FunctionAt {
  return (address) => symbols.functionsAt(address)[0];
}
