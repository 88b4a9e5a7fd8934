import { crc32, deflateRawSync } from 'node:zlib';
import { ArchiveRefusal } from '../../host/open-error.ts';
import type { Entry, EntryWriter } from '../entry.ts';

/** The format without its 64-bit extension holds no more. */
const MAX_BYTES = 0xffff_ffff;
const MAX_ENTRIES = 0xffff;
/** One entry is packed in memory. */
const MAX_ENTRY_BYTES = 256 * 1024 * 1024;
const VERSION = 20;
const NAMES_ARE_UTF8 = 0x0800;
const DEFLATED = 8;

/**
 * Writes a zip archive. Links have no place in it and are left to the caller.
 *
 * @see PKWARE APPNOTE 6.3, "Local file header", "Central directory structure"
 */
export class ZipWriter implements EntryWriter {
  readonly #sink: (chunk: Uint8Array) => Promise<void>;
  readonly #list: Uint8Array[] = [];
  #offset = 0;

  constructor(sink: (chunk: Uint8Array) => Promise<void>) {
    this.#sink = sink;
  }

  async add(entry: Entry, sizeBytes: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    if (sizeBytes > MAX_ENTRY_BYTES) throw tooBig(`${entry.path} has ${sizeBytes} bytes`);
    const parts: Uint8Array[] = [];
    for await (const part of content) parts.push(part);
    const bytes = Buffer.concat(parts);
    const name = Buffer.from(entry.kind === 'directory' ? `${entry.path}/` : entry.path);
    const packed = deflateRawSync(bytes);
    const fields = fieldsOf(entry, name, { bytes, packed });
    this.#list.push(listEntry(fields, name, this.#offset));
    await this.#write(localHeader(fields, name));
    await this.#write(packed);
    if (this.#list.length > MAX_ENTRIES) throw tooBig(`it has more than ${MAX_ENTRIES} entries`);
  }

  async finish(): Promise<void> {
    const start = this.#offset;
    for (const entry of this.#list) await this.#write(entry);
    const end = Buffer.alloc(22);
    end.writeUInt32LE(0x06054b50, 0);
    end.writeUInt16LE(this.#list.length, 8);
    end.writeUInt16LE(this.#list.length, 10);
    end.writeUInt32LE(this.#offset - start, 12);
    end.writeUInt32LE(start, 16);
    await this.#write(end);
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#offset += bytes.length;
    if (this.#offset > MAX_BYTES) throw tooBig('it has more than 4 GiB');
    await this.#sink(bytes);
  }
}

/** What both headers of an entry have in common, from the version on. */
function fieldsOf(
  entry: Entry,
  name: Uint8Array,
  { bytes, packed }: { readonly bytes: Uint8Array; readonly packed: Uint8Array },
): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(NAMES_ARE_UTF8, 2);
  fields.writeUInt16LE(DEFLATED, 4);
  fields.writeUInt32LE(dosTime(new Date(entry.modifiedAtMs)), 6);
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(bytes.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function localHeader(fields: Uint8Array, name: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('504b0304', 'hex'), fields, name]);
}

function listEntry(fields: Uint8Array, name: Uint8Array, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  return Buffer.concat([Buffer.from('504b01021400', 'hex'), fields, rest, name]);
}

/** Two seconds, minutes, hours; days, months, years from 1980 on. */
function dosTime(time: Date): number {
  const date = ((time.getFullYear() - 1980) << 9) | ((time.getMonth() + 1) << 5) | time.getDate();
  const clock = (time.getHours() << 11) | (time.getMinutes() << 5) | (time.getSeconds() >> 1);
  return time.getFullYear() < 1980 ? 0x21_0000 : ((date << 16) | clock) >>> 0;
}

function tooBig(reason: string): ArchiveRefusal {
  return new ArchiveRefusal('too-big', reason);
}
