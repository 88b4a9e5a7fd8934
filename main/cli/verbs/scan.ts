import { resolve } from 'node:path';
import { collectTo } from '../../backend/collect.ts';
import { UNWATCHED } from '../../backend/job-list.ts';
import { isRoot } from '../../backend/privilege.ts';
import type { ExitStatus } from '../exit-status.ts';
import { complain, remark } from '../output.ts';
import { ASSETS_DIR } from '../shipped.ts';

/** `airlock scan`: runs the collector with the rights that the user has. */
export async function scanVerb(options: {
  readonly out: string;
  readonly full?: boolean;
  readonly redact: boolean;
}): Promise<ExitStatus> {
  const flags = [
    ...(options.full === true ? ['--full'] : []),
    ...(options.redact ? [] : ['--no-redact']),
  ];
  const collected = await collectTo(resolve(options.out), ASSETS_DIR, flags, UNWATCHED);
  if (!collected.ok) {
    complain(collected.error);
    return 2;
  }
  remark(`Wrote ${options.out}${options.redact ? ' (addresses, names and serials replaced)' : ''}`);
  if (!isRoot()) {
    remark(
      'Read without root: configuration space is cut, ACS stays unknown. sudo airlock scan sees all',
    );
  }
  return 0;
}
