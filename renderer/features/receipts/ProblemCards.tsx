import { IconAlertOctagon } from '@tabler/icons-react';
import { CopyButton } from '../../components/CopyButton.tsx';
import { DiffText } from '../../components/DiffText.tsx';
import { problemWords } from './problem-words.ts';
import type { HelperProblem } from './runs-slice.ts';

interface ProblemCardsProps {
  readonly problems: readonly HelperProblem[];
  /** What somebody changed in a file, where an undo stops for it. */
  readonly diff?: readonly string[];
}

/** What the helper refused: in words, what it said, what to do next. */
export function ProblemCards({ problems, diff = [] }: ProblemCardsProps) {
  if (problems.length === 0) return null;
  return (
    <ul className="problem-cards" aria-label="Problems">
      {problems.map(({ code, subject, text }) => {
        const { title, next } = problemWords(code);
        return (
          <li key={`${code} ${subject} ${text}`} className="problem-card">
            <IconAlertOctagon size={18} stroke={1.7} aria-hidden />
            <div className="problem-card__body">
              <p className="problem-card__title">{title}</p>
              <p>{next}</p>
              <p className="evidence">
                {code}: {text}
              </p>
              {code === 'edited' && diff.length > 0 ? (
                <DiffText label={`Difference of ${subject}`} lines={diff} />
              ) : null}
            </div>
            <CopyButton isIcon label="Copy the problem" text={`${title}\n${code}: ${text}\n`} />
          </li>
        );
      })}
    </ul>
  );
}
