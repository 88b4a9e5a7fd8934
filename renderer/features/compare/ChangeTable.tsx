import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';

/** One line of a table: what changed, and its two sides. */
export interface ChangeRow {
  readonly key: string;
  readonly what: ReactNode;
  readonly before: ReactNode;
  readonly after: ReactNode;
}

interface ChangeTableProps {
  readonly title: string;
  /** What the first column names. */
  readonly subject: string;
  readonly rows: readonly ChangeRow[];
}

const STEP = 50;

/** Changes side by side; long tables open in steps. Nothing where nothing changed. */
export function ChangeTable({ title, subject, rows }: ChangeTableProps) {
  const [limit, setLimit] = useState(STEP);
  if (rows.length === 0) return null;
  const rest = rows.length - limit;
  return (
    <section>
      <h2 className="section-title">
        {title}
        <span className="section-title__note">{rows.length.toLocaleString('en-US')}</span>
      </h2>
      <table className="change-table">
        <thead>
          <tr>
            <th scope="col">{subject}</th>
            <th scope="col">Before</th>
            <th scope="col">After</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, limit).map(({ key, what, before, after }) => (
            <tr key={key}>
              <th scope="row">{what}</th>
              <td data-side="Before">{before}</td>
              <td data-side="After">{after}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rest > 0 ? (
        <Button variant="subtle" onClick={() => setLimit(limit + STEP)}>
          Show more ({rest.toLocaleString('en-US')} left)
        </Button>
      ) : null}
    </section>
  );
}
