import { openSync, closeSync, readFileSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { isCaseFile, readCaseFile } from '../library/case-file.ts';
import { MAX_CONTENT_BYTES } from '../library/content.ts';
import type { Library } from '../library/library.ts';
import type { Added } from '../library/snapshots.ts';
import type { DeviceNames } from './device-names.ts';
import type { Job } from './job-list.ts';
import { readHostBytes } from './read-source.ts';
import { snapshotIndex } from './snapshot-index.ts';

/** One file that is in the library now. */
export interface Imported extends Added {
  readonly name: string;
  readonly title: string;
}

/** What importing needs. */
export interface Importing {
  readonly library: Library;
  readonly names: DeviceNames;
  readonly job: Job;
  readonly nowMs: number;
}

type ImportResult = Result<readonly Imported[], Failure<'cannot-import'>>;

/** Imports a file of any kind that can be read, or a case that was exported. */
export async function importFile(path: string, importing: Importing): Promise<ImportResult> {
  try {
    const { size } = statSync(path);
    if (isCaseFile(readHead(path))) return await importCase(path, importing);
    if (size > MAX_CONTENT_BYTES)
      return cannot(path, `it has more than ${MAX_CONTENT_BYTES} bytes`);
    return asList(await importBytes(basename(path), readFileSync(path), importing));
  } catch (thrown) {
    return cannot(path, reasonOf(thrown));
  }
}

/** Imports what {@link importFile} does, from bytes: dropped on the window. */
export async function importDropped(
  name: string,
  bytes: Uint8Array,
  importing: Importing,
): Promise<ImportResult> {
  try {
    if (isCaseFile(bytes)) return await importCase(bytes, importing);
    return asList(await importBytes(name, bytes, importing));
  } catch (thrown) {
    return cannot(name, reasonOf(thrown));
  }
}

function asList(imported: Awaited<ReturnType<typeof importBytes>>): ImportResult {
  return imported.ok ? ok([imported.value]) : imported;
}

async function importBytes(
  name: string,
  bytes: Uint8Array,
  { library, names, job, nowMs }: Importing,
): Promise<Result<Imported, Failure<'cannot-import'>>> {
  const host = await readHostBytes(name, bytes, job);
  if (!host.ok) return failure('cannot-import', host.error.message);
  const index = snapshotIndex(host.value, names);
  const added = library.add({ ...index, name, bytes, importedAtMs: nowMs });
  return ok({ ...added, name, title: index.title });
}

/** Each snapshot by itself: what was imported before a damaged one stays. */
async function importCase(from: string | Uint8Array, importing: Importing): Promise<ImportResult> {
  const { library } = importing;
  const imported: Imported[] = [];
  let caseId: number | undefined;
  let name = '';
  for await (const part of readCaseFile(from)) {
    if (part.kind === 'manifest') {
      const { tags, notes, ...wanted } = part.manifest.case;
      caseId = library.fillCase(wanted, []);
      annotate(library, { caseId }, { tags, notes });
      name = wanted.name;
      continue;
    }
    const { snapshot, bytes } = part;
    const one = await importBytes(snapshot.name, bytes, importing);
    if (!one.ok) return one;
    library.fillCase({ name, createdAtMs: importing.nowMs }, [one.value.id]);
    annotate(library, { snapshotId: one.value.id }, snapshot);
    imported.push(one.value);
  }
  return ok(imported);
}

interface Annotations {
  readonly tags: readonly string[];
  readonly notes: Parameters<Library['addNote']>[1][];
}

function annotate(
  library: Library,
  subject: Parameters<Library['addNote']>[0],
  { tags, notes }: Annotations,
): void {
  for (const tag of tags) library.addTag(subject, tag);
  for (const note of notes) library.addNote(subject, note);
}

const TAR_BLOCK_BYTES = 512;

function readHead(path: string): Uint8Array {
  const descriptor = openSync(path, 'r');
  try {
    const head = Buffer.alloc(TAR_BLOCK_BYTES);
    return head.subarray(0, readSync(descriptor, head, 0, TAR_BLOCK_BYTES, 0));
  } finally {
    closeSync(descriptor);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EISDIR: 'it is a directory: pack it into a tar archive first',
};

function reasonOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const errno = 'code' in thrown ? String(thrown.code) : '';
  return REASONS[errno] ?? thrown.message;
}

function cannot(path: string, reason: string) {
  return failure('cannot-import', `Cannot import ${path}: ${reason}`);
}
