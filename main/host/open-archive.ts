import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { SourceInfo } from '../../shared/host.ts';
import { ok, type Result } from '../../shared/result.ts';
import { openArchiveTree } from './archive-source.ts';
import { ArchiveTree } from './archive-tree.ts';
import { ARCHIVE_LIMITS, type Limits } from './limits.ts';
import { ArchiveRefusal, openFailure, type OpenError } from './open-error.ts';
import { parseManifest, type Manifest } from './parse-manifest.ts';
import { joinPath } from './path-resolver.ts';
import { quoteName } from './quote-name.ts';
import { readTar } from './read-tar.ts';
import { readZip } from './read-zip.ts';
import type { Source } from './source.ts';
import { detectPacking, packedBytes, packedFile, unpack, type Unxz } from './unpack.ts';

/**
 * Reads a tar archive (plain, or packed with gzip, zstd, xz or bzip2) or a zip archive into memory. Nothing is written anywhere.
 *
 * @param path - A regular file.
 */
export async function openArchive(
  path: string,
  { limits = ARCHIVE_LIMITS, watch, unxz }: ArchiveOptions = {},
): Promise<Result<Source, OpenError>> {
  const origin = { kind: 'archive', name: basename(path), label: path } as const;
  return openTree(origin, async (tree) => {
    const packing = detectPacking(readHead(path));
    if (packing === 'zip') return readZip(path, tree, limits);
    return readTar(watched(unpack(packedFile(path), packing, limits, unxz), watch), tree, limits);
  });
}

/** Reads a tar archive that is in memory already, packed in any of these ways. */
export async function openArchiveBytes(
  origin: ArchiveOrigin,
  bytes: Uint8Array,
  { limits = ARCHIVE_LIMITS, watch, unxz }: ArchiveOptions = {},
): Promise<Result<Source, OpenError>> {
  return openTree(origin, async (tree) => {
    const packing = detectPacking(bytes);
    if (packing === 'zip') return readZip(bytes, tree, limits);
    return readTar(watched(unpack(packedBytes(bytes), packing, limits, unxz), watch), tree, limits);
  });
}

/** How an archive is read. */
export interface ArchiveOptions {
  /** Other limits, for tests. */
  readonly limits?: Limits | undefined;
  /** Tells how far it is, and ends early. */
  readonly watch?: Watch | undefined;
  /** A faster way to unpack xz. */
  readonly unxz?: Unxz | undefined;
}

/** Somebody who waits for an archive to be read. */
export interface Watch {
  /** Ends the reading with `cancelled`. */
  readonly signal: AbortSignal;
  /** Called now and then with the number of bytes unpacked so far. */
  progress(unpackedBytes: number): void;
}

async function* watched(
  chunks: AsyncIterable<Uint8Array>,
  watch: Watch | undefined,
): AsyncGenerator<Uint8Array> {
  let unpackedBytes = 0;
  for await (const chunk of chunks) {
    if (watch?.signal.aborted) throw new ArchiveRefusal('cancelled', 'reading was cancelled');
    unpackedBytes += chunk.length;
    watch?.progress(unpackedBytes);
    yield chunk;
  }
}

/** What is known of an archive before it is read. */
export interface ArchiveOrigin {
  readonly kind: SourceInfo['kind'];
  readonly name: string;
  /** What messages call it: the path as the user gave it, an address. */
  readonly label: string;
}

/**
 * Reads an unpacked tar stream into memory, such as the output of the collector on another host.
 *
 * @param open - Starts the stream; may throw an {@link ArchiveRefusal}, as may the stream.
 */
export async function openArchiveStream(
  origin: ArchiveOrigin,
  limits: Limits,
  open: () => AsyncIterable<Uint8Array>,
): Promise<Result<Source, OpenError>> {
  return openTree(origin, async (tree) => readTar(open(), tree, limits));
}

async function openTree(
  origin: ArchiveOrigin,
  read: (tree: ArchiveTree) => Promise<void>,
): Promise<Result<Source, OpenError>> {
  const tree = new ArchiveTree();
  try {
    await read(tree);
    return sourceOf(tree, origin);
  } catch (thrown) {
    if (!(thrown instanceof ArchiveRefusal)) throw thrown;
    return openFailure(thrown.code, origin.label, thrown.message);
  }
}

function sourceOf(tree: ArchiveTree, origin: ArchiveOrigin): Result<Source, OpenError> {
  const { kind, name, label } = origin;
  const roots = tree.treeRoots();
  const root = roots[0] ?? tree.reportRoot();
  if (root === undefined) {
    const reason = 'there is neither sysfs (no entry below sys/) nor a report that is known in it';
    return openFailure('no-sysfs', label, reason);
  }
  if (roots.length > 1) {
    const folders = roots.slice(0, 3).map(quoteName);
    return openFailure('no-sysfs', label, `it holds several hosts (${folders.join(', ')}, …)`);
  }
  const manifest = manifestOf(tree, root);
  const { capturedAtMs, wasRoot } = manifest ?? {};
  return ok(openArchiveTree(tree, root, { kind, name, capturedAtMs, wasRoot }, manifest));
}

function manifestOf(tree: ArchiveTree, root: string): Manifest | undefined {
  const content = tree.content(joinPath(root, 'manifest.json'));
  return content instanceof Uint8Array
    ? parseManifest(new TextDecoder().decode(content))
    : undefined;
}

function readHead(path: string): Uint8Array {
  const head = Buffer.alloc(8);
  const descriptor = openSync(path, 'r');
  try {
    return head.subarray(0, readSync(descriptor, head, 0, head.length, 0));
  } finally {
    closeSync(descriptor);
  }
}
