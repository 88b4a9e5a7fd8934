import type { ReactNode } from 'react';

interface EmptyStateProps {
  readonly title: string;
  /** What the place is for. */
  readonly text: string;
  /** The one action that fills it. */
  readonly children?: ReactNode;
}

export function EmptyState({ title, text, children }: EmptyStateProps) {
  return (
    <div className="empty-state">
      <h2 className="empty-state__title">{title}</h2>
      <p className="empty-state__text">{text}</p>
      {children}
    </div>
  );
}
