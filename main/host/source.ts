import { unreadable, type Unreadable } from '../../shared/fact.ts';
import type { SourceInfo } from '../../shared/host.ts';
import { err, type Err, type Result } from '../../shared/result.ts';
import type { Manifest } from './parse-manifest.ts';

/**
 * Where facts come from: a tree of files with `sys`, `proc` and `etc` at its top.
 *
 * Paths are relative to that top, without `.` and `..`: `sys/bus/pci/devices`. All calls are
 * synchronous, because a host is read in one pass, and never throw because of what is on the
 * other side. Links are followed, but never out of the tree.
 */
export interface Source {
  readonly info: SourceInfo;
  /** What the collector noted, where the tree is a snapshot of ours. */
  readonly manifest: Manifest | undefined;
  /** Names in a directory, in no particular order. */
  list(path: string): Result<readonly string[], SourceError>;
  /**
   * Reads a file from its beginning, whatever size it claims to have.
   *
   * @param limitBytes - Where to stop; one page where left out.
   * @returns Bytes that are valid until the next `read` of the same source.
   */
  read(path: string, limitBytes?: number): Result<Uint8Array, SourceError>;
  /** The text of a link; `wrong-type` where the path is something else. */
  readLink(path: string): Result<string, SourceError>;
}

export interface SourceError {
  readonly code: SourceErrorCode;
  /** The system's name of the failure. */
  readonly errno: string;
}

/**
 * - `absent`: there is no such path;
 * - `denied`: it exists and the reader has no right;
 * - `wrong-type`: a directory in place of a file, a file in place of a link, and the like;
 * - `unsafe`: a link on the way leads out of the tree;
 * - `loop`: too many links on the way;
 * - `too-big`: it was left out because of its size;
 * - `failed`: anything else; a device that goes away while it is read gives `ENODEV`.
 */
export type SourceErrorCode =
  'absent' | 'denied' | 'wrong-type' | 'unsafe' | 'loop' | 'too-big' | 'failed';

const CODES: Readonly<Record<string, SourceErrorCode>> = {
  ENOENT: 'absent',
  ENOTDIR: 'absent',
  EACCES: 'denied',
  EPERM: 'denied',
  EISDIR: 'wrong-type',
  EINVAL: 'wrong-type',
  EXDEV: 'unsafe',
  ELOOP: 'loop',
  EFBIG: 'too-big',
};

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  EACCES: 'permission denied',
  EPERM: 'not permitted',
  EISDIR: 'a directory in place of a file',
  EINVAL: 'not what the kernel has in this place',
  EXDEV: 'a link leads out of the tree',
  ELOOP: 'links lead in a circle',
  EFBIG: 'too large',
  EIO: 'input or output error',
  ENODEV: 'the device is gone',
  TRUNCATED: 'cut off',
  ALL_ONES: 'the function does not answer (all bits read as one)',
  NOT_RECORDED: 'it was not recorded',
  MALFORMED: 'it is not what the kernel writes',
};

/** A failed call, by the system's name of the failure. */
export function sourceError(errno: string): Err<SourceError> {
  return err({ code: CODES[errno] ?? 'failed', errno });
}

/** Turns what `node:fs` threw into a failed call. */
export function fromSystemError(thrown: unknown): Err<SourceError> {
  const errno: unknown = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
  return sourceError(typeof errno === 'string' ? errno : 'EIO');
}

/** The reason in words, for messages. */
export function describeErrno(errno: string): string {
  return REASONS[errno] ?? errno;
}

/**
 * Whether a path that is missing in a source is missing on the host. True for the live root and
 * for what our collector wrote; a tree that somebody else made may just lack it.
 */
export function isComplete(source: Source): boolean {
  return source.info.kind === 'live' || source.manifest !== undefined;
}

/**
 * What a fact is when its file could not be read: absent, where the source is complete and has no
 * such file, otherwise unreadable.
 */
export function missingFact(source: Source, error: SourceError): Unreadable | undefined {
  if (error.code !== 'absent') return unreadable(error.errno);
  return isComplete(source) ? undefined : unreadable('NOT_RECORDED');
}
