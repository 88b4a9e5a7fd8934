import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ProblemView } from '../../shared/view.ts';
import { counted } from './counted.ts';

const STEP = 100;

/** What went wrong while reading, path by path. Long lists open in steps. */
export function ProblemList({ problems }: { problems: readonly ProblemView[] }) {
  const [limit, setLimit] = useState(STEP);
  const rest = problems.length - limit;
  return (
    <>
      <ul className="problem-list">
        {problems.slice(0, limit).map((problem, index) => (
          <li className="problem" key={index}>
            <p className="problem__text">{problem.text}</p>
            <p className="problem__where">
              <code className="problem__path">{problem.path}</code>
              <span className="tag">{problem.code}</span>
            </p>
          </li>
        ))}
      </ul>
      {rest > 0 ? (
        <Button variant="subtle" onClick={() => setLimit(limit + STEP)}>
          Show more ({counted(rest, 'problem')} left)
        </Button>
      ) : null}
    </>
  );
}
