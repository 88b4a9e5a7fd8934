import { writeFileSync } from 'node:fs';
import { ok } from '../../../shared/result.ts';
import { learnedTable, learnLibrary } from '../../backend/learn-library.ts';
import { learnText } from '../../backend/library-text.ts';
import { useLibrary } from '../../backend/use-library.ts';
import type { ExitStatus } from '../exit-status.ts';
import { print, printJson, remark } from '../output.ts';
import { acsTableText } from './acs-table-text.ts';
import { answer, cannotWrite } from './library.ts';

export interface LearnOptions {
  readonly export?: string;
  readonly json?: boolean;
}

/** `airlock library learn`: status 1 where no snapshot teaches anything. */
export function learnVerb({ export: path, json }: LearnOptions): Promise<ExitStatus> {
  return answer(() =>
    useLibrary(async (library) => {
      const report = await learnLibrary(library);
      if (json === true) printJson([report], false);
      else print(learnText(report));
      if (path !== undefined) {
        try {
          writeFileSync(path, acsTableText(learnedTable(library)), { flag: 'wx' });
        } catch (thrown) {
          return cannotWrite(path, thrown);
        }
        remark(`Wrote ${path}`);
      }
      return ok(report.taught > 0 ? 0 : 1);
    }),
  );
}
