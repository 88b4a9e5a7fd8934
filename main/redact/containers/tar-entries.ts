import { Readable } from 'node:stream';
import { extract, type Header } from 'tar-stream';
import { checkEntryName } from '../../host/check-entry.ts';
import { ARCHIVE_LIMITS } from '../../host/limits.ts';
import { ArchiveRefusal } from '../../host/open-error.ts';
import type { Entry, EntryWithContent } from '../entry.ts';

const KINDS: Partial<Record<string, Entry['kind']>> = {
  file: 'file',
  'contiguous-file': 'file',
  directory: 'directory',
  symlink: 'symlink',
  link: 'hardlink',
};

/**
 * The entries of an unpacked tar stream. Devices, pipes and headers are not given: no reader has a
 * use for them.
 *
 * @throws ArchiveRefusal where it is damaged, unsafe or has too many entries.
 */
export async function* tarEntries(
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<EntryWithContent> {
  const parser = extract();
  const feed = Readable.from(chunks, { objectMode: false });
  feed.on('error', (error) => parser.destroy(error));
  feed.pipe(parser);
  let entries = 0;
  try {
    for await (const entry of parser) {
      if (++entries > ARCHIVE_LIMITS.archiveEntries) {
        throw new ArchiveRefusal(
          'too-big',
          `it has more than ${ARCHIVE_LIMITS.archiveEntries} entries`,
        );
      }
      const known = entryOf(entry.header);
      if (known) yield { ...known, content: entry as AsyncIterable<Uint8Array> };
      entry.resume();
    }
  } catch (thrown) {
    throw thrown instanceof ArchiveRefusal ? thrown : damaged(thrown, entries);
  } finally {
    feed.destroy();
  }
}

function entryOf(header: Header): Entry | undefined {
  const kind = KINDS[header.type ?? 'file'];
  const path = checkEntryName(header.name, ARCHIVE_LIMITS);
  if (kind === undefined || path === '') return undefined;
  return {
    path,
    kind,
    target: header.linkname ?? '',
    mode: (header.mode ?? 0o644) & 0o777,
    modifiedAtMs: header.mtime?.getTime() ?? 0,
  };
}

function damaged(thrown: unknown, entries: number): ArchiveRefusal {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  return new ArchiveRefusal('damaged', `it is damaged after ${entries} entries (${reason})`);
}
