import { closeSync, constants, openSync, readSync } from 'node:fs';
import { ok, type Result } from '../../shared/result.ts';
import { PAGE_BYTES } from './limits.ts';
import { fromSystemError, type SourceError } from './source.ts';

/**
 * Reads files one after the other into the same memory: a large host has tens of thousands.
 *
 * Files of sysfs and procfs claim sizes that they do not have (4096 or 0), so nothing is asked of
 * `stat`; reading goes on until the end or the limit.
 */
export class FileReader {
  #buffer = Buffer.allocUnsafeSlow(PAGE_BYTES);

  /**
   * @param path - Absolute, or relative to the working directory.
   * @param followsLink - Whether the last component may be a link; otherwise a link fails with
   *   `ELOOP`.
   * @returns Bytes that are valid until the next call.
   */
  read(path: string, limitBytes: number, followsLink: boolean): Result<Uint8Array, SourceError> {
    if (limitBytes > this.#buffer.length) this.#buffer = Buffer.allocUnsafeSlow(limitBytes);
    let descriptor: number | undefined;
    try {
      // Without O_NONBLOCK a named pipe in a directory from elsewhere would wait for ever.
      const flags = constants.O_RDONLY | constants.O_NONBLOCK;
      descriptor = openSync(path, followsLink ? flags : flags | constants.O_NOFOLLOW);
      return ok(this.#buffer.subarray(0, this.#fill(descriptor, limitBytes)));
    } catch (thrown) {
      return fromSystemError(thrown);
    } finally {
      if (descriptor !== undefined) closeSync(descriptor);
    }
  }

  #fill(descriptor: number, limitBytes: number): number {
    let length = 0;
    while (length < limitBytes) {
      const count = readSync(descriptor, this.#buffer, length, limitBytes - length, null);
      if (count === 0) break;
      length += count;
    }
    return length;
  }
}
