import { basename } from 'node:path';
import { inputEntries, inputForm, unpackedInput, type InputForm } from './input-form.ts';
import { DirectoryWriter } from './containers/directory-writer.ts';
import { TarWriter } from './containers/tar-writer.ts';
import { ZipWriter } from './containers/zip-writer.ts';
import { KnownWords } from './known-words.ts';
import { OutputFile } from './output-file.ts';
import { learnText, type OutputPacking } from './redact-content.ts';
import { EntryRedactor, learnEntries } from './redact-entries.ts';
import type { Redaction } from './redact-line.ts';
import { RedactionNotes } from './redaction-notes.ts';
import { TokenBook } from './token-book.ts';
import type { Packing } from '../host/unpack.ts';

/** What redaction has done. */
export interface RedactedFile {
  readonly redaction: Redaction;
  readonly form: InputForm;
  /** How the output is packed: there is nothing here that packs with xz or bzip2. */
  readonly packing: OutputPacking;
}

/**
 * Reads a file, an archive or a directory twice: to learn names and the tokens that are there, then
 * to write it redacted. Memory is bounded, whatever its size.
 *
 * @param out - Is made, and left half-written where this throws.
 * @throws ArchiveRefusal where the input cannot be read to its end; errors of the system.
 */
export async function redactFile(input: string, out: string): Promise<RedactedFile> {
  const form = await inputForm(input);
  const redaction = { book: new TokenBook(), words: new KnownWords(), notes: new RedactionNotes() };
  await learn(input, form, redaction);
  const packing =
    form.kind === 'tar' || form.kind === 'text' ? writtenPacking(form.packing) : 'none';
  await write({ input, out, form, packing }, redaction);
  return { redaction, form, packing };
}

/** What is written where the input is packed so. */
export function writtenPacking(packing: Packing): OutputPacking {
  return packing === 'none' || packing === 'zstd' ? packing : 'gzip';
}

async function learn(input: string, form: InputForm, redaction: Redaction): Promise<void> {
  if (form.kind === 'text') {
    await learnText(unpackedInput(input, form.packing), basename(input), redaction);
  } else
    await learnEntries(
      inputEntries(input, form, () => undefined),
      redaction,
    );
}

interface Job {
  readonly input: string;
  readonly out: string;
  readonly form: InputForm;
  readonly packing: OutputPacking;
}

async function write({ input, out, form, packing }: Job, redaction: Redaction): Promise<void> {
  let spools = 0;
  const redactor = new EntryRedactor(redaction, () => `${out}.${++spools}`);
  const unread = (path: string, reason: string) => redaction.notes.leaveOut(path, reason);
  if (form.kind === 'directory') {
    await redactor.redact(inputEntries(input, form, unread), new DirectoryWriter(out));
    return;
  }
  const file = new OutputFile(out, packing);
  const sink = (chunk: Uint8Array) => file.write(chunk);
  if (form.kind === 'text') {
    const chunks = unpackedInput(input, form.packing);
    for await (const chunk of await redactor.text(basename(input), chunks)) await sink(chunk);
  } else {
    const writer = form.kind === 'zip' ? new ZipWriter(sink) : new TarWriter(sink);
    await redactor.redact(inputEntries(input, form, unread), writer);
  }
  await file.close();
}
