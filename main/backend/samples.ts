import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { FailureCode } from '../../shared/contract.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { sampleSchema, type Sample } from '../../shared/view.ts';

/** The shipped snapshots for a first look, with what each teaches. */
export async function listSamples(
  assetsDir: string,
): Promise<Result<Sample[], Failure<FailureCode>>> {
  const path = join(assetsDir, 'samples', 'samples.json');
  try {
    return ok(z.array(sampleSchema).parse(JSON.parse(await readFile(path, 'utf8'))));
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return failure('cannot-open', `Cannot read the list of samples ${path}: ${reason}`);
  }
}

/** Archive and title of one sample; the id has to be on the list. */
export async function samplePath(
  assetsDir: string,
  id: string,
): Promise<Result<{ readonly path: string; readonly title: string }, Failure<FailureCode>>> {
  const samples = await listSamples(assetsDir);
  if (!samples.ok) return samples;
  const sample = samples.value.find((one) => one.id === id);
  return sample === undefined
    ? failure('cannot-open', `No sample has the name ${id}`)
    : ok({ path: join(assetsDir, 'samples', `${id}.tar.gz`), title: sample.title });
}
