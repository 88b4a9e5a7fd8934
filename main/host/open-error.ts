import { failure, type Err, type Failure } from '../../shared/result.ts';
import { quoteName } from './quote-name.ts';

/** Why a path cannot be a source. */
export type OpenErrorCode =
  | 'not-found'
  | 'denied'
  | 'unreadable'
  | 'not-a-file'
  /** Neither a directory nor an archive: may still be a text report. */
  | 'not-an-archive'
  /** An archive of a kind that is not read: 7z. */
  | 'unsupported'
  | 'truncated'
  | 'damaged'
  /** A name or a link that leads out of the archive, or a name with control characters. */
  | 'unsafe'
  | 'too-big'
  | 'no-sysfs'
  /** The one who asked did not want to wait. */
  | 'cancelled';

export type OpenError = Failure<OpenErrorCode>;

/** One line that names the file and the reason. */
export function openFailure(code: OpenErrorCode, name: string, reason: string): Err<OpenError> {
  return failure(code, `Cannot read ${quoteName(name)}: ${reason}`);
}

/**
 * Ends the reading of an archive from within its streams; `openArchive` turns it into a result.
 */
export class ArchiveRefusal extends Error {
  readonly code: OpenErrorCode;

  /** @param reason - Words after `Cannot read FILE:`, with the place in the archive. */
  constructor(code: OpenErrorCode, reason: string) {
    super(reason);
    this.code = code;
  }
}
