import { failure, type Err, type Failure } from '../../shared/result.ts';
import { quoteName } from './quote-name.ts';
import type { Source } from './source.ts';

/** Why a source is no host. */
export type ReadHostErrorCode =
  | 'no-sysfs'
  /** PCI functions are listed and not one of them is readable. */
  | 'no-functions'
  | 'unreadable'
  | 'too-big';

export type ReadHostError = Failure<ReadHostErrorCode>;

/** One line that names the source and the reason. */
export function readFailure(
  source: Source,
  code: ReadHostErrorCode,
  reason: string,
): Err<ReadHostError> {
  return failure(code, `Cannot read ${quoteName(source.info.name)}: ${reason}`);
}
