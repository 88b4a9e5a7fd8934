import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';

const MAX_DROPPED_BYTES = 256 * 1024 * 1024;

interface Dropped {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Reads what was dropped on the window or chosen in the browser's dialog. */
export async function readDropped(file: File): Promise<Result<Dropped, Failure<'cannot-open'>>> {
  const { name, size } = file;
  if (size > MAX_DROPPED_BYTES) {
    return failure('cannot-open', `Cannot take ${name}: more than 256 MiB. Open it by its path`);
  }
  try {
    return ok({ name, bytes: new Uint8Array(await file.arrayBuffer()) });
  } catch (cause) {
    return failure('cannot-open', `Cannot read ${name}: ${String(cause)}. A folder has a path`);
  }
}
