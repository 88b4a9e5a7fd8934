import { IconGitCompare } from '@tabler/icons-react';
import { useAppDispatch } from '../app/hooks.ts';
import { Address } from './Address.tsx';
import type { DifferenceView } from '../../shared/view.ts';
import { functionSelected, inspectorRevealed } from '../features/selection/selection-slice.ts';

interface DifferenceListProps {
  readonly hostId: string;
  readonly differences: readonly DifferenceView[];
}

/** Where the kernel's groups differ from the predicted ones: findings, not errors. */
export function DifferenceList({ hostId, differences }: DifferenceListProps) {
  const dispatch = useAppDispatch();
  return (
    <ul className="difference-list">
      {differences.map((difference) => (
        <li className="difference" key={`${difference.code} ${difference.members.join(' ')}`}>
          <IconGitCompare size={18} stroke={1.6} aria-hidden />
          <div>
            <p className="difference__text">{difference.text}</p>
            <p className="difference__members">
              {difference.members.map((member) => (
                <button
                  key={member}
                  type="button"
                  className="link-button"
                  onClick={() => {
                    dispatch(functionSelected(hostId, member));
                    dispatch(inspectorRevealed());
                  }}
                >
                  <Address value={member} />
                </button>
              ))}
              <span className="tag">{difference.code}</span>
            </p>
            <p className="evidence">{difference.evidence}</p>
          </div>
        </li>
      ))}
    </ul>
  );
}
