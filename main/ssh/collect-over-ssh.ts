import { failure, ok, type Result } from '../../shared/result.ts';
import { shellWords, wholeScript, type Rights } from './find-rights.ts';
import type { SshConnection } from './ssh-connection.ts';
import { lastWords } from './ssh-failure.ts';
import type { SshFailure } from './ssh-failure-code.ts';
import { targetName } from './ssh-target.ts';

/** More than a collector writes on the largest host that was seen, by far. */
const MAX_SNAPSHOT_BYTES = 256 * 1024 * 1024;
const LIMIT_MS = 15 * 60_000;

export interface CollectWatch {
  readonly signal: AbortSignal;
  progress(bytes: number): void;
}

/**
 * Runs the collector on a host: the script goes in, the archive comes out, and nothing of either
 * stays there. Names are not replaced: the archive never leaves this computer's memory, and a plan
 * for the boot needs texts byte for byte.
 *
 * @param script - Text of `assets/collect/airlock-collect`.
 */
export async function collectOverSsh(
  connection: SshConnection,
  rights: Rights,
  script: string,
  watch: CollectWatch,
): Promise<Result<Uint8Array, SshFailure>> {
  const chunks: Buffer[] = [];
  const flood = new AbortController();
  let size = 0;
  const ended = await connection.run({
    words: shellWords(rights, ['--out', '-', '--gzip', '--no-redact']),
    input: wholeScript(script),
    signal: AbortSignal.any([watch.signal, flood.signal]),
    limitMs: LIMIT_MS,
    onData: (chunk) => {
      size += chunk.length;
      if (size > MAX_SNAPSHOT_BYTES) return flood.abort();
      chunks.push(chunk);
      watch.progress(size);
    },
  });
  const name = targetName(connection.target);
  if (flood.signal.aborted) {
    return failure(
      'too-big',
      `${name} sent more than ${MAX_SNAPSHOT_BYTES} bytes: no collector does`,
    );
  }
  if (!ended.ok) return ended;
  const { status, complaint } = ended.value;
  if (status === 0) return ok(Buffer.concat(chunks));
  const reason = lastWords(complaint) || `status ${status}`;
  return failure('failed', `The collector failed on ${name}: ${reason}`);
}
