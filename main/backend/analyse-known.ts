import { existsSync } from 'node:fs';
import { isUnnamedBoard } from '../../shared/acs-table.ts';
import { known } from '../../shared/fact.ts';
import type { Host } from '../../shared/host.ts';
import { ok } from '../../shared/result.ts';
import { boardName } from '../engine/board-name.ts';
import {
  acsKnowledgeOf,
  BUNDLED_ACS,
  type AcsKnowledge,
  type KnowledgeSource,
} from '../quirks/acs-knowledge.ts';
import { analyse, type Analysis } from './analyse.ts';
import { libraryFile } from './data-dir.ts';
import { learnedTable } from './learn-library.ts';
import { useLibrary } from './use-library.ts';

/** Runs the engine over one host, with what Airlock knows of functions and the library taught. */
export async function analyseKnown(host: Host): Promise<Analysis> {
  const learned = await readLearned();
  return analyse(host, { knowledge: knowledgeFor(host, learned === undefined ? [] : [learned]) });
}

/**
 * What is known of functions where a host is predicted. A host that shows its groups is not
 * predicted from its own board (or, without a name, from hosts without one), which may be itself:
 * prediction and observation stay apart.
 */
export function knowledgeFor(host: Host, learned: readonly KnowledgeSource[]): AcsKnowledge {
  const sources = [BUNDLED_ACS, ...learned];
  if ((known(host.observedGroups) ?? []).length === 0) return acsKnowledgeOf(sources);
  const own = boardName(host);
  return acsKnowledgeOf(sources, (board) =>
    own === undefined ? isUnnamedBoard(board) : board === own,
  );
}

/** Nothing where there is no library, or it cannot be opened: commands that need it say so. */
async function readLearned(): Promise<KnowledgeSource | undefined> {
  if (!existsSync(libraryFile())) return undefined;
  const table = await useLibrary((library) => ok(learnedTable(library)));
  if (!table.ok || table.value.rows.length === 0) return undefined;
  return { table: table.value, isLearned: true };
}
