import { VerdictBadge } from '../../components/VerdictBadge.tsx';
import { VERDICTS, VERDICT_WORDS } from '../../components/verdicts.ts';

const KEYS: readonly (readonly [string, string])[] = [
  ['↑ ↓', 'move through a table or tree'],
  ['← →', 'fold and unfold'],
  ['Enter', 'go to the explanation'],
  ['/', 'search'],
];

/** Nothing selected: what the inspector is for, and what the verdicts mean. */
export function InspectorEmpty() {
  return (
    <div className="inspector inspector--empty">
      <h2 className="inspector__title">Nothing selected</h2>
      <p className="inspector__lead">
        Choose a device or a group. This panel then says which group it is in, why, what moves with
        it and what would split the group.
      </p>
      <h3 className="panel-title">What the verdicts mean</h3>
      <dl className="verdict-legend">
        {VERDICT_WORDS.filter((verdict) => verdict !== 'host-parts').map((verdict) => (
          <div key={verdict}>
            <dt>
              <VerdictBadge verdict={verdict} />
            </dt>
            <dd>{VERDICTS[verdict].means}</dd>
          </div>
        ))}
      </dl>
      <h3 className="panel-title">Keys</h3>
      <dl className="key-legend">
        {KEYS.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd className="key">{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
