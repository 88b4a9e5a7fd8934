import { createReadStream, createWriteStream, rmSync } from 'node:fs';
import { pipeline as pipeFile, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { extract, pack, type Pack } from 'tar-stream';
import { caseManifestSchema, type CaseManifest } from '../../shared/case-manifest.ts';
import { contentName, MAX_CONTENT_BYTES } from './content.ts';

const MANIFEST_NAME = 'airlock-case.json';
const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;

/** Whether a file is an exported case: the first entry of the tar archive has its name. */
export function isCaseFile(head: Uint8Array): boolean {
  return (
    Buffer.from(head.subarray(0, MANIFEST_NAME.length + 1)).toString('latin1') ===
    `${MANIFEST_NAME}\0`
  );
}

/**
 * Writes a case as a tar archive: what is said of it, then the files as they were imported.
 *
 * @param path - A file that does not exist yet.
 * @param original - The bytes of a snapshot; asked for one after the other.
 * @throws Error of the system where the file cannot be written; then there is none.
 */
export async function writeCaseFile(
  path: string,
  manifest: CaseManifest,
  original: (sha256: string) => Uint8Array,
): Promise<void> {
  const archive = pack();
  const written = pipeline(archive, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
  try {
    await addEntry(archive, MANIFEST_NAME, Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`));
    for (const { sha256 } of manifest.snapshots) {
      await addEntry(archive, `files/${sha256}`, original(sha256));
    }
    archive.finalize();
    await written;
  } catch (thrown) {
    archive.destroy();
    await written.catch(() => undefined);
    if (!isExisting(thrown)) rmSync(path, { force: true });
    throw thrown;
  }
}

function addEntry(archive: Pack, name: string, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.once('error', reject);
    archive.entry({ name, size: bytes.length }, Buffer.from(bytes), (error) => {
      archive.off('error', reject);
      if (error) reject(error);
      else resolve();
    });
  });
}

function isExisting(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && thrown.code === 'EEXIST';
}

/** What comes out of an exported case: first what is said of it, then one file after the other. */
export type CasePart =
  | { readonly kind: 'manifest'; readonly manifest: CaseManifest }
  | {
      readonly kind: 'file';
      readonly snapshot: CaseManifest['snapshots'][number];
      readonly bytes: Uint8Array;
    };

/**
 * Reads an exported case. It is hostile until parsed: names that the manifest does not list, files
 * that are too large and files whose content is not what their name says end the reading.
 *
 * @param from - The path of the file, or its bytes.
 * @throws Error with the reason.
 */
export async function* readCaseFile(from: string | Uint8Array): AsyncGenerator<CasePart> {
  const entries = extract();
  // A failure of either side ends the loop below.
  const input = typeof from === 'string' ? createReadStream(from) : Readable.from([from]);
  pipeFile(input, entries, () => undefined);
  let manifest: CaseManifest | undefined;
  for await (const entry of entries) {
    const { name, size = 0 } = entry.header;
    if (manifest === undefined) {
      if (name !== MANIFEST_NAME) throw new Error(`it does not begin with ${MANIFEST_NAME}`);
      manifest = parseManifest(await gather(entry, size, MAX_MANIFEST_BYTES));
      yield { kind: 'manifest', manifest };
      continue;
    }
    const snapshot = manifest.snapshots.find(({ sha256 }) => name === `files/${sha256}`);
    if (snapshot === undefined) throw new Error(`it has a file that it does not list`);
    const bytes = await gather(entry, size, MAX_CONTENT_BYTES);
    if (contentName(bytes) !== snapshot.sha256) {
      throw new Error(`the content of ${snapshot.name} is not what was exported`);
    }
    yield { kind: 'file', snapshot, bytes };
  }
  if (manifest === undefined) throw new Error('it is empty');
}

async function gather(
  entry: AsyncIterable<unknown>,
  sizeBytes: number,
  limitBytes: number,
): Promise<Uint8Array> {
  if (sizeBytes > limitBytes) throw new Error(`a file in it has more than ${limitBytes} bytes`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function parseManifest(bytes: Uint8Array): CaseManifest {
  const parsed = caseManifestSchema.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`${MANIFEST_NAME}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
}
