import { Tooltip } from '@mantine/core';
import type { ReactNode } from 'react';
import { TERMS } from './terms.ts';
import type { TermId } from './terms.ts';

/** A word of the field, explained on hover, focus or touch. */
export function Term({ id, children }: { id: TermId; children?: ReactNode }) {
  const term = TERMS[id];
  const label = (
    <span className="term__text">
      <strong>{term.title}</strong>
      <span>{term.text}</span>
    </span>
  );
  return (
    <Tooltip label={label} multiline w={300} events={{ hover: true, focus: true, touch: true }}>
      <span className="term" tabIndex={0} role="note" aria-label={`${term.title}: ${term.text}`}>
        {children ?? term.title}
      </span>
    </Tooltip>
  );
}
