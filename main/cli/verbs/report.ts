import { writeFileSync } from 'node:fs';
import { analyse } from '../../backend/analyse.ts';
import { loadDeviceNames } from '../../backend/device-names.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { makeReport } from '../../backend/make-report.ts';
import { readSource } from '../../backend/read-source.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, print } from '../output.ts';
import { ASSETS_DIR, SHIPPED, shippedVersion } from '../shipped.ts';
import { readLog } from './read-log.ts';

export interface ReportOptions {
  readonly out: string;
  readonly format?: string;
  readonly log?: string;
}

/** `airlock report`: status 2 where nothing was written. */
export async function reportVerb(source: string, options: ReportOptions): Promise<ExitStatus> {
  const log = options.log === undefined ? undefined : readLog(options.log);
  const host = await readSource(source, 'full', UNWATCHED, SHIPPED);
  if (!host.ok || log?.ok === false) {
    for (const part of [host, log]) if (part?.ok === false) complain(part.error);
    return 2;
  }
  const opened = {
    hostId: 'report',
    request: { kind: 'path', path: source },
    analysis: analyse(host.value),
    names: loadDeviceNames(ASSETS_DIR),
  } as const;
  const isHtml = (options.format ?? (/\.html?$/i.test(options.out) ? 'html' : 'md')) === 'html';
  const made = { version: shippedVersion(), atMs: Date.now() };
  const { text } = makeReport(opened, isHtml ? 'html' : 'md', made, log?.value);
  return writeDocument(options.out, text);
}

/** Writes a document, or prints it where the name is `-`. */
export function writeDocument(path: string, text: string): ExitStatus {
  if (path === '-') {
    print(text);
    return 0;
  }
  try {
    writeFileSync(path, text);
    return 0;
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    complain({ code: 'cannot-write', message: `Cannot write ${path}: ${reason}` });
    return 2;
  }
}
