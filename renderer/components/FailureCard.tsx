import { IconAlertOctagon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Failure } from '../../shared/result.ts';
import { CopyButton } from './CopyButton.tsx';

interface FailureCardProps {
  /** What was tried: `Cannot open sosreport.tar.xz`. */
  readonly title: string;
  readonly failure: Failure;
  /** What to do next: buttons. */
  readonly children?: ReactNode;
}

/** A failure: what was tried, what the system answered, what to do next. */
export function FailureCard({ title, failure, children }: FailureCardProps) {
  return (
    <section className="failure-card" role="alert">
      <IconAlertOctagon className="failure-card__icon" size={20} stroke={1.7} aria-hidden />
      <div className="failure-card__body">
        <h2 className="failure-card__title">{title}</h2>
        <p className="failure-card__message">{failure.message}</p>
        <p className="failure-card__code">
          code <code>{failure.code}</code>
        </p>
        <div className="button-row">
          {children}
          <CopyButton
            label="Copy the error"
            text={`${title}\n${failure.code}: ${failure.message}\n`}
          />
        </div>
      </div>
    </section>
  );
}
