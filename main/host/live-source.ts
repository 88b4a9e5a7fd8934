import { readdirSync, readlinkSync } from 'node:fs';
import type { SourceInfo } from '../../shared/host.ts';
import { ok, type Result } from '../../shared/result.ts';
import { PAGE_BYTES } from './limits.ts';
import { FileReader } from './read-file.ts';
import { fromSystemError, type Source, type SourceError } from './source.ts';

/**
 * The host that we run on. Paths go to the kernel as they are: it is trusted, and it follows
 * links itself.
 *
 * @param nowMs - Time of the reading, Unix epoch.
 */
export function openLiveSource(nowMs: number): Source {
  return new LiveSource({
    kind: 'live',
    name: 'this host',
    capturedAtMs: nowMs,
    wasRoot: process.geteuid?.() === 0,
  });
}

class LiveSource implements Source {
  readonly info: SourceInfo;
  readonly manifest = undefined;
  readonly #reader = new FileReader();

  constructor(info: SourceInfo) {
    this.info = info;
  }

  list(path: string): Result<readonly string[], SourceError> {
    try {
      return ok(readdirSync(`/${path}`));
    } catch (thrown) {
      return fromSystemError(thrown);
    }
  }

  read(path: string, limitBytes = PAGE_BYTES): Result<Uint8Array, SourceError> {
    return this.#reader.read(`/${path}`, limitBytes, true);
  }

  readLink(path: string): Result<string, SourceError> {
    try {
      return ok(readlinkSync(`/${path}`));
    } catch (thrown) {
      return fromSystemError(thrown);
    }
  }
}
