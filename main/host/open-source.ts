import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { ok, type Result } from '../../shared/result.ts';
import { openDirectorySource } from './directory-source.ts';
import { TEXT_BYTES } from './limits.ts';
import { openLiveSource } from './live-source.ts';
import type { ArchiveOptions } from './open-archive.ts';
import { openFailure, type OpenError, type OpenErrorCode } from './open-error.ts';
import { parseManifest, type Manifest } from './parse-manifest.ts';
import { FileReader } from './read-file.ts';
import { reportFilesIn } from './report-files-in.ts';
import { describeErrno, fromSystemError, type Source } from './source.ts';

export interface OpenOptions extends ArchiveOptions {
  /** Time of the reading where it is the live root, Unix epoch. */
  readonly nowMs: number;
}

/**
 * Opens a path as a source: a directory with a `sys` in it (or in its only folder, or itself a
 * `sys`), or a tar archive by its content, whatever its name.
 *
 * @returns Fails with `not-an-archive` where the file may still be a text report.
 */
export async function openSource(
  path: string,
  options: OpenOptions,
): Promise<Result<Source, OpenError>> {
  try {
    const entry = statSync(path);
    if (entry.isDirectory()) return openDirectory(path, options);
    if (!entry.isFile()) return openFailure('not-a-file', path, 'it is no file and no directory');
    // Loaded when needed: the archive packages cost more than a small host.
    const { openArchive } = await import('./open-archive.ts');
    return await openArchive(path, options);
  } catch (thrown) {
    return fromSystem(path, thrown);
  }
}

function openDirectory(path: string, options: OpenOptions): Result<Source, OpenError> {
  const root = findTreeRoot(path) ?? findReportRoot(path);
  if (root === undefined) {
    const reason =
      'there is neither sysfs (expected sys/bus/pci or sys/devices) nor a report that is known in it';
    return openFailure('no-sysfs', path, reason);
  }
  if (realpathSync(root) === '/') return ok(openLiveSource(options.nowMs));
  const manifest = manifestOf(root);
  const { capturedAtMs, wasRoot } = manifest ?? {};
  const info = { kind: 'directory', name: basename(path) || path, capturedAtMs, wasRoot } as const;
  return ok(openDirectorySource(root, info, manifest));
}

/** The directory itself, its only folder, or the directory above where it is itself a `sys`. */
function findTreeRoot(path: string): string | undefined {
  if (hasSysfs(join(path, 'sys'))) return path;
  if (basename(realpathSync(path)) === 'sys' && hasSysfs(path))
    return join(realpathSync(path), '..');
  const folders = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const inside = folders.length === 1 ? join(path, folders[0]?.name ?? '') : undefined;
  return inside !== undefined && hasSysfs(join(inside, 'sys')) ? inside : undefined;
}

/** An unpacked bundle of a support tool: the directory itself, or its only folder. */
function findReportRoot(path: string): string | undefined {
  const folders = readdirSync(path, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const inside = folders.length === 1 ? [join(path, folders[0]?.name ?? '')] : [];
  return [path, ...inside].find(
    (root) => reportFilesIn(openDirectorySource(root, NO_INFO, undefined)).length > 0,
  );
}

const NO_INFO = {
  kind: 'directory',
  name: '',
  capturedAtMs: undefined,
  wasRoot: undefined,
} as const;

function hasSysfs(sys: string): boolean {
  return ['bus/pci', 'devices'].some((part) =>
    lstatSync(join(sys, part), { throwIfNoEntry: false })?.isDirectory(),
  );
}

function manifestOf(root: string): Manifest | undefined {
  const content = new FileReader().read(join(root, 'manifest.json'), TEXT_BYTES, false);
  return content.ok ? parseManifest(new TextDecoder().decode(content.value)) : undefined;
}

function fromSystem(path: string, thrown: unknown): Result<never, OpenError> {
  const { code, errno } = fromSystemError(thrown).error;
  const codes: Partial<Record<string, OpenErrorCode>> = { absent: 'not-found', denied: 'denied' };
  return openFailure(codes[code] ?? 'unreadable', path, describeErrno(errno));
}
