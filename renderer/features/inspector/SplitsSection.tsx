import type { Explanation } from '../../../shared/view.ts';
import { SPLIT_RISKS } from './split-risks.ts';

/** What would split the group, safest first. */
export function SplitsSection({ explanation }: { explanation: Explanation | undefined }) {
  if (explanation === undefined) return null;
  return (
    <section className="panel">
      <h3 className="panel-title">What would split it</h3>
      <ul className="splits">
        {explanation.splits.map(({ text, risk }) => (
          <li key={text} className="split">
            <span className={`tag tone-${SPLIT_RISKS[risk].tone}`}>{SPLIT_RISKS[risk].word}</span>
            <span>{text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
