import {
  copyFileSync,
  existsSync,
  linkSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { FailureCode } from '../../shared/contract.ts';
import type { RedactionReport } from '../../shared/redaction-report.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { describeErrno, fromSystemError } from '../host/source.ts';
import { ArchiveRefusal } from '../host/open-error.ts';
import { quoteName } from '../host/quote-name.ts';
import { inputForm, type InputForm } from '../redact/input-form.ts';
import { redactFile, writtenPacking, type RedactedFile } from '../redact/redact-file.ts';
import type { TokenEntry } from '../redact/token-book.ts';
import type { Job } from './job-list.ts';
import { countGroups, findLostFact } from './lost-facts.ts';
import { readHostFrom } from './read-source.ts';

export interface RedactWish {
  readonly input: string;
  /** Must not exist. */
  readonly output: string;
  /** Where to write what stands behind each token; must not exist. */
  readonly map?: string;
}

/** What was written, and what stands behind each token: for who has the original. */
export interface RedactedSource {
  readonly report: RedactionReport;
  readonly entries: readonly TokenEntry[];
}

type Redacted = Result<RedactedSource, Failure<FailureCode>>;

/**
 * Writes a redacted copy of what Airlock opens. The copy is read again before it gets its name:
 * where a function, an id, a group or the topology would be lost, nothing is written.
 */
export async function redactSource(wish: RedactWish, job: Job): Promise<Redacted> {
  const { input, output, map } = wish;
  const part = `${output.replace(/\/+$/, '')}.part`;
  for (const path of [output, part, ...(map === undefined ? [] : [map])]) {
    if (existsSync(path)) return cannot('write', path, 'it exists');
  }
  if (/\.(xz|txz|bz2|tbz2?)$/.test(output)) {
    return cannot('write', output, 'nothing here packs in this way: name it .tar.gz');
  }
  try {
    const redacted = await redactFile(input, part);
    if (!redacted.redaction.notes.hasChanged && redacted.form.kind !== 'directory') {
      copyFileSync(input, part);
    }
    const kept = await compareHosts(input, part, job);
    if (!kept.ok) return kept;
    const entries = redacted.redaction.book.entries();
    if (map !== undefined) writeMap(map, entries);
    giveName(part, output);
    return ok({ report: reportOf(wish, redacted, kept.value), entries });
  } catch (thrown) {
    return cannot('redact', input, reasonOf(thrown));
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/** What to call the redacted copy of a file: nothing of its name, which may be that of the host. */
export async function redactedName(input: string): Promise<Result<string, Failure<FailureCode>>> {
  try {
    return ok(`redacted${endingOf(await inputForm(input))}`);
  } catch (thrown) {
    return cannot('redact', input, reasonOf(thrown));
  }
}

const PACKED_ENDINGS = { none: '', gzip: '.gz', zstd: '.zst' } as const;

function endingOf(form: InputForm): string {
  switch (form.kind) {
    case 'directory':
      return '';
    case 'zip':
      return '.zip';
    case 'tar':
      return `.tar${PACKED_ENDINGS[writtenPacking(form.packing)]}`;
    case 'text':
      return `.txt${PACKED_ENDINGS[writtenPacking(form.packing)]}`;
  }
}

type Kept = Result<RedactionReport['kept'], Failure<FailureCode>>;

async function compareHosts(input: string, part: string, job: Job): Promise<Kept> {
  const before = await readHostFrom(input, 'full', job);
  // A configuration of a VM, a log of QEMU: redacted all the same.
  if (!before.ok) return ok(undefined);
  const after = await readHostFrom(part, 'full', job);
  const lost = after.ok ? findLostFact(before.value, after.value) : after.error.message;
  if (lost !== undefined) {
    return cannot('redact', input, `the copy would not say the same: ${lost}`);
  }
  return ok({ functions: before.value.functions.length, groups: countGroups(before.value) });
}

function reportOf(
  { input, output }: RedactWish,
  { redaction, form, packing }: RedactedFile,
  kept: RedactionReport['kept'],
): RedactionReport {
  const { book, notes } = redaction;
  const byKind = Map.groupBy(book.entries(), ({ kind }) => kind);
  return {
    input,
    output,
    form: form.kind,
    packing,
    hasChanged: notes.hasChanged,
    replaced: [...byKind].map(([kind, entries]) => ({
      kind,
      things: entries.length,
      places: entries.reduce((sum, { places }) => sum + places, 0),
    })),
    clearedSerials: notes.clearedSerials,
    leftOut: { count: notes.leftOut.count, files: [...notes.leftOut.files] },
    ...(kept && { kept }),
  };
}

/** For the sender alone: whoever has it can undo the redaction. */
function writeMap(path: string, entries: readonly TokenEntry[]): void {
  const tokens = Object.fromEntries(entries.map(({ token, spellings }) => [token, spellings]));
  const document = { format: 'airlock-redaction-map/1', tokens };
  writeFileSync(path, `${JSON.stringify(document, null, 2)}\n`, { flag: 'wx', mode: 0o600 });
}

/** Never over something that came in between. */
function giveName(part: string, output: string): void {
  if (statSync(part).isDirectory()) renameSync(part, output.replace(/\/+$/, ''));
  else linkSync(part, output);
}

function cannot(verb: string, path: string, reason: string) {
  return failure('cannot-open' as const, `Cannot ${verb} ${quoteName(path)}: ${reason}`);
}

function reasonOf(thrown: unknown): string {
  if (thrown instanceof ArchiveRefusal) return thrown.message;
  const isSystems = thrown instanceof Error && 'code' in thrown;
  if (isSystems) return describeErrno(fromSystemError(thrown).error.errno);
  return thrown instanceof Error ? thrown.message : String(thrown);
}
