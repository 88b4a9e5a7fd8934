import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import { open, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { known } from '../../../shared/fact.ts';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import type { VmLint } from '../../../shared/vm-lint.ts';
import type { Analysis } from '../../backend/analyse.ts';
import { analyseKnown } from '../../backend/analyse-known.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { lintConfiguration } from '../../backend/lint-configuration.ts';
import { mergeConfiguration } from '../../backend/merge-configuration.ts';
import { readSource } from '../../backend/read-source.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print, printJson, remark } from '../output.ts';
import { SHIPPED } from '../shipped.ts';

/** Of a configuration; large real ones have 30 000. */
const MAX_BYTES = 4 * 1024 * 1024;

/** `airlock vm lint`: status 1 where a finding is a stop or a risk. */
export async function vmLintVerb(
  file: string,
  { host, json }: { readonly host?: string; readonly json?: boolean },
): Promise<ExitStatus> {
  const text = await readText(file);
  const analysis = text.ok && host !== undefined ? await analysisOf(host) : ok(undefined);
  if (!text.ok) return giveUp(text.error);
  if (!analysis.ok) return giveUp(analysis.error);
  const lint = lintConfiguration(text.value, analysis.value);
  if (!lint.ok) return giveUp({ ...lint.error, message: `${file}: ${lint.error.message}` });
  if (json === true) printJson([lint.value], false);
  else print(lintText(lint.value));
  return lint.value.findings.some(({ severity }) => severity !== 'note') ? 1 : 0;
}

/** `airlock vm merge`: prints what would change; the file itself is written only to `out`. */
export async function vmMergeVerb(
  file: string,
  addresses: readonly string[],
  { host = 'live', out }: { readonly host?: string; readonly out?: string },
): Promise<ExitStatus> {
  const text = await readText(file);
  if (!text.ok) return giveUp(text.error);
  const analysis = await analysisOf(host);
  if (!analysis.ok) return giveUp(analysis.error);
  const version = known(analysis.value.host.machine?.hypervisor.libvirt);
  const merged = mergeConfiguration(text.value, addresses, analysis.value, version);
  if (!merged.ok) return giveUp(merged.error);
  for (const name of merged.value.alreadyThere) remark(`${name} is in the domain already`);
  const headerOptions = FILE_HEADERS_ONLY;
  const after = merged.value.text;
  print(
    createTwoFilesPatch(file, out ?? file, text.value, after, undefined, undefined, {
      headerOptions,
    }),
  );
  if (out === undefined) return 0;
  try {
    await writeFile(resolve(out), merged.value.text, { flag: 'wx' });
    return 0;
  } catch (thrown) {
    return giveUp({ code: 'cannot-open', message: `Cannot write ${out}: ${reasonOf(thrown)}` });
  }
}

async function analysisOf(source: string): Promise<Result<Analysis, Failure>> {
  const host = await readSource(source, 'full', UNWATCHED, SHIPPED);
  return host.ok ? ok(await analyseKnown(host.value)) : host;
}

async function readText(file: string): Promise<Result<string, Failure>> {
  try {
    await using handle = await open(resolve(file));
    if (!(await handle.stat()).isFile()) throw new Error('not a regular file');
    const buffer = Buffer.alloc(MAX_BYTES + 1);
    const { bytesRead } = await handle.read(buffer, 0, MAX_BYTES + 1, 0);
    if (bytesRead > MAX_BYTES) throw new Error(`more than ${MAX_BYTES} bytes are too many`);
    return ok(buffer.toString('utf8', 0, bytesRead));
  } catch (thrown) {
    return failure('cannot-open', `Cannot read ${file}: ${reasonOf(thrown)}`);
  }
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

function lintText({ configuration, name, functions, findings, mended, left }: VmLint): string {
  return [
    `${name} (${configuration}) takes ${functions.length === 0 ? 'no function of the host' : functions.join(' ')}`,
    ...findings.flatMap(({ severity, code, text, remedy }) => [
      `${severity}: ${text} (${code})`,
      `  ${remedy}`,
    ]),
    ...(mended === undefined
      ? []
      : [`Corrected, nothing else changed (${mended.codes.join(', ')}):`, mended.diff.trimEnd()]),
    ...(left.length === 0 ? [] : [`Not judged, and left as it is: ${left.join(', ')}`]),
  ].join('\n');
}

function giveUp(error: Failure): ExitStatus {
  complain(error);
  return 2;
}
