import { open, type Entry as ZipEntry, type ZipFile } from 'yauzl';
import { checkEntryName } from '../../host/check-entry.ts';
import { ARCHIVE_LIMITS } from '../../host/limits.ts';
import { ArchiveRefusal } from '../../host/open-error.ts';
import { noContent, type EntryWithContent } from '../entry.ts';

/**
 * The entries of a zip archive, in the order of its list.
 *
 * @throws ArchiveRefusal where it is damaged, unsafe or has too many entries.
 */
export async function* zipEntries(path: string): AsyncGenerator<EntryWithContent> {
  const zip = await openZip(path);
  try {
    if (zip.entryCount > ARCHIVE_LIMITS.archiveEntries) {
      throw new ArchiveRefusal('too-big', `it has ${zip.entryCount} entries`);
    }
    for (;;) {
      const entry = await nextEntry(zip);
      if (entry === undefined) return;
      yield await entryOf(zip, entry);
    }
  } catch (thrown) {
    throw thrown instanceof ArchiveRefusal ? thrown : damaged(thrown);
  } finally {
    zip.close();
  }
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error ? reject(damaged(error)) : resolve(zip),
    );
  });
}

function nextEntry(zip: ZipFile): Promise<ZipEntry | undefined> {
  return new Promise((resolve, reject) => {
    zip.removeAllListeners();
    zip.once('entry', resolve);
    zip.once('end', () => resolve(undefined));
    zip.once('error', reject);
    zip.readEntry();
  });
}

async function entryOf(zip: ZipFile, entry: ZipEntry): Promise<EntryWithContent> {
  const isDirectory = entry.fileName.endsWith('/');
  return {
    path: checkEntryName(entry.fileName, ARCHIVE_LIMITS),
    kind: isDirectory ? 'directory' : 'file',
    target: '',
    mode: 0o644,
    modifiedAtMs: entry.getLastModDate().getTime(),
    content: isDirectory ? noContent() : await contentOf(zip, entry),
  };
}

function contentOf(zip: ZipFile, entry: ZipEntry): Promise<AsyncIterable<Uint8Array>> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)));
  });
}

function damaged(thrown: unknown): ArchiveRefusal {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new ArchiveRefusal('damaged', `the zip archive is damaged (${reason})`);
}
