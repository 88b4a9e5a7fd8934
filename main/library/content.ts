import { createHash } from 'node:crypto';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type Database from 'better-sqlite3';

/** The largest file that is kept; SQLite's own limit of one value is 1,000,000,000 bytes. */
export const MAX_CONTENT_BYTES = 768 * 1024 * 1024;

/** What bytes are called: their SHA-256 in hexadecimal. */
export function contentName(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Keeps bytes once, packed where that makes them smaller by a tenth: most archives are packed. */
export function storeContent(database: Database.Database, sha256: string, bytes: Uint8Array): void {
  const packed = zstdCompressSync(bytes);
  const isWorthIt = packed.length < bytes.length * 0.9;
  database
    .prepare('insert into content values (?, ?, ?, ?) on conflict (sha256) do nothing')
    .run(sha256, isWorthIt ? 'zstd' : 'none', bytes.length, isWorthIt ? packed : bytes);
}

/**
 * The bytes as they were imported.
 *
 * @throws Error where what is kept is not what was imported: the disk changed it.
 */
export function readContent(database: Database.Database, sha256: string): Uint8Array {
  const row = database
    .prepare<[string], { codec: string; size: number; bytes: Buffer }>(
      'select codec, size_bytes as size, bytes from content where sha256 = ?',
    )
    .get(sha256);
  const bytes =
    row?.codec === 'zstd'
      ? zstdDecompressSync(row.bytes, { maxOutputLength: row.size })
      : row?.bytes;
  if (bytes === undefined || contentName(bytes) !== sha256) {
    throw new Error(`the kept bytes of ${sha256.slice(0, 12)} are damaged`);
  }
  return bytes;
}
