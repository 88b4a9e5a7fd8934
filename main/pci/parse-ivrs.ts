import { unreadable, type Unreadable } from '../../shared/fact.ts';
import type { IvrsAlias } from '../../shared/host.ts';
import { holdsBytes, readByte, readDword, readWord } from './config-bytes.ts';

/** ACPI header (36 bytes), IVinfo (4), reserved (8). */
const TABLE_HEADER_BYTES = 48;
/** Highest block type that Linux reads: 0x10, 0x11 and 0x40 describe an IOMMU (IVHD). */
const MAX_BLOCK_TYPE = 0x40;

/** Types of device entries that say something about aliases. */
const ALIAS_SELECT = 66;
const ALIAS_START_OF_RANGE = 67;
const END_OF_RANGE = 4;
const ACPI_HID = 240;

/** Ranges of one table cover each of the 65,536 requester IDs once or twice; more is no table. */
const MAX_COVERED_IDS = 0x40000;

/**
 * Reads the alias entries of AMD's IVRS table: which requester ID a function's DMA carries where
 * that is not its own.
 *
 * A table may describe one IOMMU in blocks of several types; like the kernel we read those of one
 * type, the last one given for the first IOMMU.
 *
 * @param bytes - The table, `sys/firmware/acpi/tables/IVRS`.
 * @returns Unreadable with `MALFORMED` when a length or a range contradicts the table.
 * @see AMD I/O Virtualization Technology (IOMMU) Specification, "I/O Virtualization Reporting
 *   Structure (IVRS)"
 * @see Linux v6.12 drivers/iommu/amd/init.c, `get_highest_supported_ivhd_type()` and
 *   `init_iommu_from_acpi()`
 */
export function parseIvrs(bytes: Uint8Array): readonly IvrsAlias[] | Unreadable {
  const blocks = readBlocks(bytes);
  if (!blocks) return unreadable('MALFORMED');
  const type = chosenType(blocks);
  const table: AliasTable = { aliases: new Map(), coveredIds: 0 };
  for (const block of blocks) {
    if (block.type === type && !readEntries(bytes, block, table)) return unreadable('MALFORMED');
  }
  return [...table.aliases.values()];
}

interface Block {
  readonly type: number;
  readonly start: number;
  readonly end: number;
  /** Requester ID of the IOMMU itself. */
  readonly deviceId: number;
  readonly domain: number;
}

function readBlocks(bytes: Uint8Array): readonly Block[] | undefined {
  if (!holdsBytes(bytes, 0, TABLE_HEADER_BYTES) || readDword(bytes, 0) !== 0x53525649) {
    return undefined;
  }
  const tableEnd = readDword(bytes, 4);
  if (tableEnd < TABLE_HEADER_BYTES || tableEnd > bytes.length) return undefined;
  const blocks: Block[] = [];
  for (let start = TABLE_HEADER_BYTES; start < tableEnd;) {
    const type = readByte(bytes, start);
    const end = start + readWord(bytes, start + 2);
    if (start + 4 > tableEnd || end > tableEnd || end < start + 4) return undefined;
    if (type > MAX_BLOCK_TYPE) break;
    if (entriesOffset(type) > 0) blocks.push(readBlock(bytes, start, end));
    start = end;
  }
  return blocks;
}

function readBlock(bytes: Uint8Array, start: number, end: number): Block {
  return {
    type: readByte(bytes, start),
    start,
    end,
    deviceId: readWord(bytes, start + 4),
    domain: readWord(bytes, start + 16),
  };
}

/** Where the device entries of a block begin; 0 for blocks of other kinds. */
function entriesOffset(type: number): number {
  if (type === 0x10) return 24;
  return type === 0x11 || type === 0x40 ? 40 : 0;
}

function chosenType(blocks: readonly Block[]): number | undefined {
  const first = blocks[0];
  return blocks.findLast((block) => block.deviceId === first?.deviceId)?.type;
}

interface AliasTable {
  /** Keyed by domain and requester ID. */
  readonly aliases: Map<number, IvrsAlias>;
  /** How many requester IDs the entries named so far. */
  coveredIds: number;
}

/** An alias range that has been opened: `from` is its first requester ID. */
interface OpenRange {
  readonly from: number;
  readonly alias: number;
}

function readEntries(bytes: Uint8Array, block: Block, table: AliasTable): boolean {
  let range: OpenRange | undefined;
  let offset = block.start + entriesOffset(block.type);
  while (offset < block.end) {
    const type = readByte(bytes, offset);
    const size = entrySize(bytes, offset, block.end);
    if (size === 0 || offset + size > block.end) return false;
    const source = readWord(bytes, offset + 1);
    if (type === ALIAS_SELECT) {
      addRange(table, block.domain, { from: source, alias: aliasOf(bytes, offset) }, source);
    }
    if (type === END_OF_RANGE && range) addRange(table, block.domain, range, source);
    if (startsOrEndsRange(type)) range = undefined;
    if (type === ALIAS_START_OF_RANGE) range = { from: source, alias: aliasOf(bytes, offset) };
    if (table.coveredIds > MAX_COVERED_IDS) return false;
    offset += size;
  }
  return true;
}

/** Types 3, 4, 67 and 71 begin a range of their own kind or end one. */
function startsOrEndsRange(type: number): boolean {
  return type === 3 || type === END_OF_RANGE || type === ALIAS_START_OF_RANGE || type === 71;
}

/** Size of a device entry by its type; 0 where the type has no known size. */
function entrySize(bytes: Uint8Array, offset: number, end: number): number {
  const type = readByte(bytes, offset);
  if (type < 0x80) return 4 << (type >> 6);
  if (type !== ACPI_HID || offset + 22 > end) return 0;
  return 22 + readByte(bytes, offset + 21);
}

function aliasOf(bytes: Uint8Array, offset: number): number {
  return readWord(bytes, offset + 5);
}

function addRange(table: AliasTable, domain: number, range: OpenRange, to: number): void {
  const { from, alias } = range;
  for (let source = from; source <= to; source++) {
    const key = domain * 0x10000 + source;
    // A function that is its own alias needs no entry; a later entry replaces an earlier one.
    if (source === alias) table.aliases.delete(key);
    else table.aliases.set(key, { domain, source, alias });
  }
  table.coveredIds += Math.max(0, to - from + 1);
}
