import { IconChevronRight } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';

interface FoldedPartProps {
  readonly title: string;
  /** What is chosen inside, while it is folded. */
  readonly summary: string;
  /** Unfolds it: there is something in it to do. It folds again by hand only. */
  readonly isOpen?: boolean;
  readonly children: ReactNode;
}

/** A part of the form that few people need, with what it says in one line. */
export function FoldedPart({ title, summary, isOpen = false, children }: FoldedPartProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (isOpen && details.current !== null) details.current.open = true;
  }, [isOpen]);
  return (
    <details className="vm-fold" ref={details}>
      <summary className="vm-fold__head">
        <IconChevronRight size={15} stroke={1.8} aria-hidden />
        <span className="vm-fold__title">{title}</span>
        <span className="vm-fold__summary">{summary}</span>
      </summary>
      <div className="vm-fold__body">{children}</div>
    </details>
  );
}
