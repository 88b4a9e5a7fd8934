import type { AcsTable } from '../../../shared/acs-table.ts';

/** A table as JSON for people: one line for each board and each row. */
export function acsTableText({ format, about, boards, rows }: AcsTable): string {
  const head = { format, about };
  const lines = (entries: readonly unknown[]) =>
    entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n');
  return `${JSON.stringify(head, null, 2).slice(0, -2)},
  "boards": [\n${lines(boards)}\n  ],
  "rows": [\n${lines(rows)}\n  ]\n}\n`;
}
