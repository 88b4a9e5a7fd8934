import { createReadStream, statSync } from 'node:fs';
import { ARCHIVE_LIMITS } from '../host/limits.ts';
import { ArchiveRefusal } from '../host/open-error.ts';
import { detectPacking, packedFile, unpack, type Packing } from '../host/unpack.ts';
import { directoryEntries, type Unread } from './containers/directory-entries.ts';
import { tarEntries } from './containers/tar-entries.ts';
import { zipEntries } from './containers/zip-entries.ts';
import type { EntryWithContent } from './entry.ts';
import { peek } from './peek.ts';
import { isTar } from './redact-content.ts';
import { encodingOf } from './text-lines.ts';

/** What the input is, told by its content. */
export type InputForm =
  | { readonly kind: 'directory' | 'zip' }
  | { readonly kind: 'tar' | 'text'; readonly packing: Packing };

const HEAD_BYTES = 4096;

/** @throws ArchiveRefusal where it is nothing that can be redacted. */
export async function inputForm(path: string): Promise<InputForm> {
  const entry = statSync(path);
  if (entry.isDirectory()) return { kind: 'directory' };
  if (!entry.isFile()) throw new ArchiveRefusal('not-a-file', 'it is no file and no directory');
  const packing = detectPacking(await headOf(createReadStream(path)));
  if (packing === 'zip') return { kind: 'zip' };
  const head = await headOf(unpackedInput(path, packing));
  if (isTar(head)) return { kind: 'tar', packing };
  if (encodingOf(head) !== undefined) return { kind: 'text', packing };
  const reason = 'it is neither a directory nor an archive nor a text';
  throw new ArchiveRefusal('not-an-archive', reason);
}

/** The bytes of a file, unpacked within the limits of archives. */
export function unpackedInput(path: string, packing: Packing): AsyncIterable<Uint8Array> {
  return unpack(packedFile(path), packing, ARCHIVE_LIMITS);
}

/** The entries of a directory or an archive; may be asked for again. */
export function inputEntries(
  path: string,
  form: InputForm,
  unread: Unread,
): AsyncIterable<EntryWithContent> {
  switch (form.kind) {
    case 'directory':
      return directoryEntries(path, unread);
    case 'zip':
      return zipEntries(path);
    case 'tar':
    case 'text':
      return tarEntries(unpackedInput(path, form.packing));
  }
}

async function headOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const { head, chunks: all } = await peek(chunks, HEAD_BYTES);
  await all[Symbol.asyncIterator]().return?.();
  return head;
}
