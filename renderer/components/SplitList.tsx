import type { Explanation } from '../../shared/view.ts';
import { SPLIT_RISKS } from './split-risks.ts';

/** What would split a group, safest first: words only, for a person to decide. */
export function SplitList({ splits }: { splits: Explanation['splits'] }) {
  return (
    <ul className="splits">
      {splits.map(({ text, risk }) => (
        <li key={text} className="split">
          <span className={`tag tone-${SPLIT_RISKS[risk].tone}`}>{SPLIT_RISKS[risk].word}</span>
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
