import type { GroupChangeView, WhatifReport } from '../../../shared/whatif-report.ts';
import { CONFIDENCES } from '../../components/confidences.ts';
import { GROUP_CHANGES } from './group-changes.ts';
import { PredictedGroup } from './PredictedGroup.tsx';

interface GroupChangeCardProps {
  readonly hostId: string;
  readonly change: GroupChangeView;
  readonly report: WhatifReport;
}

/** Sentences shown at once; the rest opens. */
const AT_ONCE = 2;

/** Groups that have functions in common, before and after, with the reasons. */
export function GroupChangeCard({ hostId, change, report }: GroupChangeCardProps) {
  const { kind, before, after, whyBefore, whyAfter } = change;
  return (
    <section className="whatif-group-change">
      <h3 className="whatif-group-change__title">
        {GROUP_CHANGES[kind](before.length, after.length)}
      </h3>
      <div className="whatif-sides">
        <div>
          <h4 className="whatif-side__title">Before</h4>
          {before.length === 0 ? <p className="dim">In no group</p> : null}
          <ul className="whatif-groups">
            {before.map(({ id, members }) => (
              <PredictedGroup key={id} hostId={hostId} members={members} />
            ))}
          </ul>
          <Reasons reasons={whyBefore} />
        </div>
        <div>
          <h4 className="whatif-side__title">After</h4>
          {after.length === 0 ? <p className="dim">In no group</p> : null}
          <ul className="whatif-groups">
            {after.map(({ id, members, confidence }) => (
              <PredictedGroup
                key={id}
                hostId={hostId}
                members={members}
                readdressed={report.readdressed}
                note={confidence === 'certain' ? undefined : CONFIDENCES[confidence].word}
              />
            ))}
          </ul>
          <Reasons reasons={whyAfter} />
        </div>
      </div>
    </section>
  );
}

function Reasons({ reasons }: { reasons: GroupChangeView['whyBefore'] }) {
  if (reasons.length === 0) return null;
  const more = reasons.slice(AT_ONCE);
  return (
    <div className="whatif-reasons">
      {reasons.slice(0, AT_ONCE).map(({ bdf, text }) => (
        <p key={bdf}>{text}</p>
      ))}
      {more.length === 0 ? null : (
        <details>
          <summary>The other reasons ({more.length})</summary>
          {more.map(({ bdf, text }) => (
            <p key={bdf}>{text}</p>
          ))}
        </details>
      )}
    </div>
  );
}
