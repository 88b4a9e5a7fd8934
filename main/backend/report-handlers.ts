import { writeFile } from 'node:fs/promises';
import { ok } from '../../shared/result.ts';
import { handOutFile } from './hand-out-file.ts';
import type { OpenedHost } from './host-shelf.ts';
import { makeReport, type ReportFormat } from './make-report.ts';
import type { Platform } from './platform.ts';
import { withHost, type Handlers } from './session.ts';

/** The channels about the report that a person sends to the owner of a host. */
export const reportHandlers: Handlers<'report:make' | 'report:export'> = {
  'report:make': ({ shelf, platform }, { hostId, format }) =>
    withHost(shelf, hostId, (opened) => ok({ text: reportNow(opened, format, platform).text })),
  'report:export': ({ shelf, platform }, { hostId, format }) =>
    withHost(shelf, hostId, (opened) => {
      const { name, text } = reportNow(opened, format, platform);
      const write = async (path: string) =>
        ok(await writeFile(path, text, { flag: 'wx', mode: 0o600 }));
      const command = `airlock report SOURCE --out ${name}`;
      return handOutFile({ name, write, command }, platform.openFolderDialog);
    }),
};

function reportNow(opened: OpenedHost, format: ReportFormat, { version }: Platform) {
  return makeReport(opened, format, { version, atMs: Date.now() });
}
