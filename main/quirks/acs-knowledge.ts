import {
  isUnnamedBoard,
  type AcsSubject,
  type AcsTable,
  type AcsTableRow,
} from '../../shared/acs-table.ts';
import bundledFile from './acs-knowledge.json' with { type: 'json' };

/** What functions like one did on other hosts. */
export interface AcsTestimony {
  readonly isIsolated: boolean;
  /**
   * - `board`: functions with its ids, on boards of the same name;
   * - `ids`: functions with its ids;
   * - `kind`: functions of its vendor, class and place.
   */
  readonly by: 'board' | 'ids' | 'kind';
  /** The rows that it rests on, by their ids. */
  readonly ids: readonly string[];
  readonly boards: readonly string[];
  /** Some row was learned from the user's library. */
  readonly isLearned: boolean;
}

/** GR-17: how functions behave of which nothing but ids and place is known. */
export interface AcsKnowledge {
  /**
   * @param board - Of the host, where it is known: firmware differs by board.
   * @returns `undefined` where no row fits, or rows say different things.
   */
  ask(subject: AcsSubject, board: string | undefined): AcsTestimony | undefined;
}

export interface KnowledgeSource {
  readonly table: AcsTable;
  readonly isLearned: boolean;
}

/** The table that comes with Airlock. */
export const BUNDLED_ACS: KnowledgeSource = {
  table: bundledFile as unknown as AcsTable,
  isLearned: false,
};

/** Knows nothing. */
export const NO_KNOWLEDGE: AcsKnowledge = { ask: () => undefined };

/**
 * Joins tables to one look-up.
 *
 * @param leavesOut - Boards whose rows do not count: a host that shows its groups is never
 *   predicted from what was learned of it.
 */
export function acsKnowledgeOf(
  sources: readonly KnowledgeSource[],
  leavesOut: (board: string) => boolean = () => false,
): AcsKnowledge {
  const rows = sources.flatMap((source) => seenRows(source, leavesOut));
  const byIds = Map.groupBy(rows, ({ row }) => row.ids);
  const byKind = groupByKinds(rows);
  return {
    ask(subject, board) {
      const ids = `${hex4(subject.vendorId)}:${hex4(subject.deviceId)}`;
      const same = (byIds.get(ids) ?? []).filter(({ row }) => row.role === subject.role);
      const own = same.map((row) => onBoard(row, board)).filter(isSeen);
      const ofBoard = testify(own, 'board');
      if (ofBoard !== undefined) return ofBoard;
      const kin = kindsOf(hex4(subject.vendorId), subject).map((kind) =>
        (byKind.get(kind) ?? []).filter(({ row }) => isPlaced(row, subject)),
      );
      if (same.length > 0) return unlessContradicted(testify(same, 'ids'), kin[0] ?? [], ids);
      return kin.map(testifyForKind).find((testimony) => testimony !== undefined);
    },
  };
}

/** The look-up in the table that comes with Airlock. */
export const BUNDLED_KNOWLEDGE: AcsKnowledge = acsKnowledgeOf([BUNDLED_ACS]);

/** A row with the names of the boards that count. */
interface SeenRow {
  readonly row: AcsTableRow;
  readonly passes: readonly string[];
  readonly fails: readonly string[];
  readonly apart: readonly string[];
  readonly isLearned: boolean;
}

function seenRows(
  { table, isLearned }: KnowledgeSource,
  leavesOut: (board: string) => boolean,
): readonly SeenRow[] {
  const names = table.boards.map(({ name }) => (leavesOut(name) ? undefined : name));
  const named = (boards: readonly number[] = []): readonly string[] =>
    boards.map((at) => names[at]).filter((name) => name !== undefined);
  return table.rows
    .map((row) => ({
      row,
      passes: named(row.passes),
      fails: named(row.fails),
      apart: named(row.apart),
      isLearned,
    }))
    .filter(isSeen);
}

function isSeen({ passes, fails, apart }: SeenRow): boolean {
  return passes.length + fails.length + apart.length > 0;
}

function onBoard(row: SeenRow, board: string | undefined): SeenRow {
  const isOwn = (name: string) => name === board && !isUnnamedBoard(name);
  return {
    ...row,
    passes: row.passes.filter(isOwn),
    fails: row.fails.filter(isOwn),
    apart: row.apart.filter(isOwn),
  };
}

/** What all rows say; nothing where they disagree, as where it is the firmware that decides. */
function testify(rows: readonly SeenRow[], by: AcsTestimony['by']): AcsTestimony | undefined {
  const isPassing = rows.some(({ passes, apart }) => passes.length + apart.length > 0);
  const isFailing = rows.some(({ fails }) => fails.length > 0);
  if (isPassing === isFailing) return undefined;
  const boards = rows.flatMap(({ passes, fails, apart }) => [...passes, ...fails, ...apart]);
  return {
    isIsolated: isPassing,
    by,
    ids: [...new Set(rows.map(({ row }) => row.ids))],
    boards: [...new Set(boards)].sort(),
    isLearned: rows.some(({ isLearned }) => isLearned),
  };
}

/** One board alone is not believed where all others of the kind did otherwise. */
function unlessContradicted(
  testimony: AcsTestimony | undefined,
  kin: readonly SeenRow[],
  ids: string,
): AcsTestimony | undefined {
  if (testimony === undefined || testimony.boards.length > 1) return testimony;
  const others = testifyForKind(kin.filter(({ row }) => row.ids !== ids));
  return others === undefined || others.isIsolated === testimony.isIsolated ? testimony : undefined;
}

/** Ids that nobody saw: what all others of the kind did, where there are enough of them. */
function testifyForKind(rows: readonly SeenRow[]): AcsTestimony | undefined {
  const byIds = [...Map.groupBy(rows, ({ row }) => row.ids).values()];
  // Ids that do both are a matter of the firmware, and say nothing about others.
  const settled = byIds.filter((same) => testify(same, 'ids') !== undefined);
  if (settled.length < KIND_MIN_SHARE * byIds.length) return undefined;
  const testimony = testify(settled.flat(), 'kind');
  if (testimony === undefined) return undefined;
  const { ids, boards } = testimony;
  return ids.length >= KIND_MIN_IDS && boards.length >= KIND_MIN_BOARDS ? testimony : undefined;
}

/** Chosen by leaving one board out at a time: with fewer, wrong answers appear; see RESULTS. */
const KIND_MIN_SHARE = 0.75;
const KIND_MIN_IDS = 3;
const KIND_MIN_BOARDS = 3;

function isPlaced(row: AcsTableRow, { role, device }: AcsSubject): boolean {
  return role !== 'root' || row.devices.includes(device.toString(16).padStart(2, '0'));
}

/** The narrower kind first: vendor and class, then vendor and base class, each with the role. */
function kindsOf(
  vendor: string,
  { classCode, role }: Pick<AcsSubject, 'classCode' | 'role'>,
): readonly string[] {
  if (classCode === undefined) return [];
  const text = hex4(classCode);
  return [`${vendor} ${text} ${role}`, `${vendor} ${text.slice(0, 2)} ${role}`];
}

function groupByKinds(rows: readonly SeenRow[]): ReadonlyMap<string, readonly SeenRow[]> {
  const byKind = new Map<string, SeenRow[]>();
  for (const seen of rows) {
    const { ids, classCode, role } = seen.row;
    const code = classCode === undefined ? undefined : parseInt(classCode, 16);
    for (const kind of kindsOf(ids.slice(0, 4), { classCode: code, role })) {
      byKind.set(kind, [...(byKind.get(kind) ?? []), seen]);
    }
  }
  return byKind;
}

function hex4(id: number): string {
  return id.toString(16).padStart(4, '0');
}
