import witnessesFile from './witnesses.json' with { type: 'json' };
import { compareSeries, parseKernelVersion, type KernelVersion } from './kernel-version.ts';

/**
 * In which of the kernels of `witnesses.json` a row stands. Those that lack it are named, because
 * their number stays the same when newer kernels become witnesses.
 */
export type SeenIn = 'all' | { readonly allBut: readonly string[] };

/** Whether a kernel has a quirk row; `depends`: mainline lacks it, a back-port may have brought it. */
export type Presence = 'present' | 'absent' | 'depends';

/** A kernel in which rows were looked for. */
export interface Witness {
  readonly id: string;
  readonly version: KernelVersion;
  /** A first release of a series, without back-ports: a witness for every later series. */
  readonly isMainline: boolean;
}

const WITNESSES: readonly Witness[] = witnessesFile.kernels.map(({ id }) => witnessOf(id));

/**
 * Says whether a kernel has a quirk row, from the kernels in which it was looked for.
 *
 * Rows are not taken out again: a row in a mainline release is in every later series, and a row in
 * a stable release is in every later release of the same series.
 *
 * @param kernel - `undefined` when the source does not name its kernel: then only a row seen
 *   everywhere is `present`.
 * @param witnesses - Those of `witnesses.json` unless told.
 */
export function presenceIn(
  kernel: KernelVersion | undefined,
  seenIn: SeenIn,
  witnesses: readonly Witness[] = WITNESSES,
): Presence {
  if (seenIn === 'all') return 'present';
  if (kernel === undefined) return 'depends';
  const has = (witness: Witness) => isSeenIn(seenIn, witness.id);
  if (witnesses.some((witness) => has(witness) && provesPresence(witness, kernel))) {
    return 'present';
  }
  if (witnesses.some((witness) => !has(witness) && provesAbsence(witness, kernel))) {
    return 'absent';
  }
  return 'depends';
}

/** Whether a row stands in a kernel of `witnesses.json`, by its id. */
export function isSeenIn(seenIn: SeenIn, witnessId: string): boolean {
  return seenIn === 'all' || !seenIn.allBut.includes(witnessId);
}

function provesPresence(witness: Witness, kernel: KernelVersion): boolean {
  const series = compareSeries(witness.version, kernel);
  if (series === 0) {
    return witness.isMainline || reaches(kernel.patch, witness.version.patch ?? 0);
  }
  return series < 0 && witness.isMainline;
}

function provesAbsence(witness: Witness, kernel: KernelVersion): boolean {
  const isSameSeries = compareSeries(witness.version, kernel) === 0;
  const isNotNewer = kernel.patch !== undefined && kernel.patch <= (witness.version.patch ?? 0);
  if (isSameSeries) return isNotNewer;
  // A first release has no back-ports: what a later first release lacks, it lacks too.
  return kernel.patch === 0 && witness.isMainline && compareSeries(witness.version, kernel) > 0;
}

function reaches(patch: number | undefined, needed: number): boolean {
  return patch !== undefined && patch >= needed;
}

/** Reads the id of a kernel of `witnesses.json`. */
export function witnessOf(id: string): Witness {
  const version = parseKernelVersion(id.replace(/^debian-/, ''));
  if (version === undefined) throw new Error(`Witness kernel has no version: ${id}`);
  return { id, version, isMainline: version.patch === 0 };
}
