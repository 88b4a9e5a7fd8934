import { open, fromBuffer, type Entry, type ZipFile } from 'yauzl';
import type { ArchiveTree } from './archive-tree.ts';
import { checkEntryName, isKept } from './check-entry.ts';
import type { Limits } from './limits.ts';
import { ArchiveRefusal } from './open-error.ts';
import { quoteName } from './quote-name.ts';

/**
 * Reads a zip archive into memory, keeping what the reader of a host or a report may want, with the
 * limits of tar archives. yauzl refuses entries whose size is not the one that they claim.
 *
 * @param from - A path, or the archive itself.
 * @throws ArchiveRefusal when it is damaged, unsafe or too large.
 */
export async function readZip(
  from: string | Uint8Array,
  tree: ArchiveTree,
  limits: Limits,
): Promise<void> {
  const zip = await openZip(from);
  try {
    await readEntries(zip, tree, limits);
  } catch (thrown) {
    if (thrown instanceof ArchiveRefusal) throw thrown;
    const reason = thrown instanceof Error ? quoteName(thrown.message) : 'unknown';
    throw new ArchiveRefusal('damaged', `the zip archive is damaged (${reason})`);
  } finally {
    zip.close();
  }
}

async function openZip(from: string | Uint8Array): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip?: ZipFile): void => {
      if (zip) resolve(zip);
      else
        reject(
          new ArchiveRefusal(
            'truncated',
            `the zip archive has no list of its entries (${quoteName(error?.message ?? '')})`,
          ),
        );
    };
    const options = { lazyEntries: true, autoClose: false };
    if (typeof from === 'string') open(from, options, done);
    else fromBuffer(Buffer.from(from.buffer, from.byteOffset, from.byteLength), options, done);
  });
}

async function readEntries(zip: ZipFile, tree: ArchiveTree, limits: Limits): Promise<void> {
  if (zip.entryCount > limits.archiveEntries) {
    throw new ArchiveRefusal('too-big', `it has more than ${limits.archiveEntries} entries`);
  }
  let keptBytes = 0;
  await new Promise<void>((resolve, reject) => {
    const take = async (entry: Entry): Promise<void> => {
      keptBytes += await keep(zip, entry, tree, limits);
      if (keptBytes > limits.keptBytes || tree.size > limits.keptEntries) {
        throw new ArchiveRefusal(
          'too-big',
          `its system files hold more than ${limits.keptBytes} bytes`,
        );
      }
      zip.readEntry();
    };
    zip.on('entry', (entry: Entry) => {
      take(entry).catch(reject);
    });
    zip.on('end', resolve);
    zip.on('error', reject);
    zip.readEntry();
  });
}

/** @returns The bytes that were kept. */
async function keep(
  zip: ZipFile,
  entry: Entry,
  tree: ArchiveTree,
  limits: Limits,
): Promise<number> {
  const path = checkEntryName(entry.fileName, limits);
  if (entry.fileName.endsWith('/') || !isKept(path)) return 0;
  if (entry.uncompressedSize > limits.entryBytes) {
    tree.addOversizedFile(path);
    return 0;
  }
  const parts = await contentOf(zip, entry);
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  tree.addFile(path, parts, length);
  return length;
}

async function contentOf(zip: ZipFile, entry: Entry): Promise<readonly Uint8Array[]> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        reject(error);
        return;
      }
      const parts: Uint8Array[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => resolve(parts));
      stream.on('error', reject);
    });
  });
}
