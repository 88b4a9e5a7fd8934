import {
  ACS_OUTCOMES,
  type AcsObservation,
  type AcsTable,
  type AcsTableRow,
  type LearnedHost,
} from '../../shared/acs-table.ts';

/** Sorts the observations of hosts into rows: the same hosts give the same table in any order. */
export function makeAcsTable(hosts: readonly LearnedHost[], about: string): AcsTable {
  const byBoard = Map.groupBy(hosts, ({ board }) => board);
  const names = [...byBoard.keys()].sort();
  const boards = names.map((name) => {
    const own = byBoard.get(name) ?? [];
    return { name, from: unique(own.flatMap(({ from }) => from)), hosts: own.length };
  });
  const rows = new Map<string, RowDraft>();
  for (const { board, observations } of hosts) {
    for (const observation of observations) {
      addTo(rows, observation, names.indexOf(board));
    }
  }
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return { format: 'airlock-acs/1', about, boards, rows: sorted.map(([, draft]) => rowOf(draft)) };
}

interface RowDraft extends Pick<AcsTableRow, 'ids' | 'classCode' | 'role'> {
  readonly devices: Set<string>;
  readonly passes: Set<number>;
  readonly fails: Set<number>;
  readonly apart: Set<number>;
}

function addTo(rows: Map<string, RowDraft>, seen: AcsObservation, board: number): void {
  const ids = `${hexText(seen.vendorId, 4)}:${hexText(seen.deviceId, 4)}`;
  const classCode = seen.classCode === undefined ? undefined : hexText(seen.classCode, 4);
  const key = `${ids} ${seen.role} ${classCode ?? ''}`;
  const row = rows.get(key) ?? {
    ids,
    classCode,
    role: seen.role,
    devices: new Set(),
    passes: new Set(),
    fails: new Set(),
    apart: new Set(),
  };
  rows.set(key, row);
  if (seen.role === 'root') row.devices.add(hexText(seen.device, 2));
  row[seen.outcome].add(board);
}

function rowOf(draft: RowDraft): AcsTableRow {
  const { ids, classCode, role, devices } = draft;
  const lists = ACS_OUTCOMES.filter((outcome) => draft[outcome].size > 0).map(
    (outcome) => [outcome, [...draft[outcome]].sort((a, b) => a - b)] as const,
  );
  return {
    ids,
    ...(classCode !== undefined && { classCode }),
    role,
    devices: unique(devices),
    ...Object.fromEntries(lists),
  };
}

function unique(words: Iterable<string>): string[] {
  return [...new Set(words)].sort();
}

function hexText(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
