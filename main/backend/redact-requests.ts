import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { ArgsOf, Channel, FailureCode } from '../../shared/contract.ts';
import type { HandedOut } from '../../shared/handed-out.ts';
import type { RedactionPreview } from '../../shared/redaction-preview.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { TokenEntry } from '../redact/token-book.ts';
import { handOutFile } from './hand-out-file.ts';
import type { Job } from './job-list.ts';
import { redactedName, redactSource, type RedactedSource } from './redact-source.ts';
import type { Handlers, Session } from './session.ts';
import { inTemporaryFolder } from './temporary-folder.ts';
import { withOriginal } from './with-original.ts';

type Answer<T> = Promise<Result<T, Failure<FailureCode>>>;
type Asked = ArgsOf<'redact:preview'>;

/** Examples of each kind that a window shows. */
const MAX_EXAMPLES = 5;
const MAX_SPELLING = 80;

/** The channels about copies without names and serials. The original stays as it is. */
export const redactHandlers: Handlers<Extract<Channel, `redact:${string}`>> = {
  'redact:preview': previewRequested,
  'redact:export': exportRequested,
};

/** Makes the copy, says what it replaces, and throws it away. */
function previewRequested(session: Session, asked: Asked): Answer<RedactionPreview> {
  return redacting(session, asked, ({ input, name }, job) =>
    inTemporaryFolder(async (folder) => {
      const done = await redactSource({ input, output: join(folder, name) }, job);
      return done.ok ? ok(previewOf(name, done.value)) : done;
    }),
  );
}

function exportRequested(session: Session, asked: Asked): Answer<HandedOut> {
  const { openFolderDialog } = session.platform;
  return redacting(session, asked, async ({ input, name }, job) => {
    if (openFolderDialog === undefined && statSync(input).isDirectory()) {
      const text = `${input} is a folder, which a browser cannot take: airlock redact ${input} COPY writes it`;
      return failure('not-available', text);
    }
    const write = (output: string) => redactSource({ input, output }, job);
    const command = 'airlock redact FILE COPY';
    return handOutFile({ name, write, command }, openFolderDialog);
  });
}

interface Redacting {
  readonly input: string;
  /** Of the copy. */
  readonly name: string;
}

async function redacting<T>(
  session: Session,
  { jobId, source }: Asked,
  use: (redacting: Redacting, job: Job) => Answer<T>,
): Answer<T> {
  const job = session.jobs.start(jobId);
  try {
    return await withOriginal(session, source, async (input) => {
      const name = await redactedName(input);
      return name.ok ? use({ input, name: name.value }, job) : name;
    });
  } finally {
    session.jobs.finish(jobId);
  }
}

function previewOf(name: string, { report, entries }: RedactedSource): RedactionPreview {
  const { hasChanged, clearedSerials, leftOut, kept, replaced } = report;
  return {
    name,
    hasChanged,
    clearedSerials,
    leftOut,
    ...(kept && { kept }),
    replaced: replaced.map((one) => ({
      ...one,
      examples: entries
        .filter(({ kind }) => kind === one.kind)
        .slice(0, MAX_EXAMPLES)
        .map(exampleOf),
    })),
  };
}

/** A password is not put on a screen that others may look at. */
function exampleOf({ kind, token, spellings }: TokenEntry) {
  const [spelling] = spellings;
  if (kind === 'secret' || spelling === undefined) return { token };
  return { token, spelling: spelling.slice(0, MAX_SPELLING) };
}
