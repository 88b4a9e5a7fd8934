import type { GroupView } from '../../../shared/view.ts';
import { useAppSelector } from '../../app/hooks.ts';
import { CopyButton } from '../../components/CopyButton.tsx';
import { CONFIDENCES } from '../../components/confidences.ts';
import { counted } from '../../components/counted.ts';
import { OWNERSHIPS } from '../../components/ownerships.ts';
import { CheckSection } from './CheckSection.tsx';
import { DoubtList } from './DoubtList.tsx';
import { FindingList } from '../../components/FindingList.tsx';
import { MemberList } from './MemberList.tsx';
import { PanelHead } from './PanelHead.tsx';
import { SplitsSection } from './SplitsSection.tsx';
import { VerdictBlock } from './VerdictBlock.tsx';
import { WhySection } from './WhySection.tsx';
import { selectMovableMembers } from './group-members.ts';
import { groupReport } from './inspector-report.ts';
import { useAnswers } from './use-answers.ts';

/** More than this many functions are checked one by one in the table, not all at once. */
const MOST_CHECKED = 256;

interface GroupPanelProps {
  readonly hostId: string;
  readonly group: GroupView;
  readonly onClose?: () => void;
}

/** Everything about one group. */
export function GroupPanel({ hostId, group, onClose }: GroupPanelProps) {
  const movable = useAppSelector((state) => selectMovableMembers(state, hostId, group.id));
  const lead = movable[0] ?? group.members[0];
  const { explanation, check } = useAnswers(hostId, lead, movable.slice(0, MOST_CHECKED));
  const close = onClose === undefined ? {} : { onClose };
  const report = () => Promise.resolve(groupReport(group, explanation?.value, check?.value));
  return (
    <div className="inspector">
      <PanelHead title={`Group ${group.id}`} {...close}>
        <p className="panel-head__line dim">
          {counted(group.members.length, 'member')}
          {group.kind === 'observed' ? ' · as the kernel formed it' : ' · predicted'}
          {group.type === undefined ? '' : ` · type ${group.type}`}
        </p>
      </PanelHead>
      <VerdictBlock hostId={hostId} group={group} check={undefined} self={undefined} />
      <FindingList findings={check?.value?.findings ?? []} />
      <section className="panel">
        <h3 className="panel-title">Members</h3>
        <MemberList hostId={hostId} members={group.members} />
      </section>
      <WhySection hostId={hostId} answer={explanation} />
      <SplitsSection explanation={explanation?.value} />
      {movable.length === 0 ? null : <CheckSection hostId={hostId} answer={check} />}
      <section className="panel">
        <h3 className="panel-title">State</h3>
        <dl className="fact-list">
          <div>
            <dt>Owner</dt>
            <dd>
              {OWNERSHIPS[group.ownership].word}
              <span className="dim"> · {OWNERSHIPS[group.ownership].means}</span>
            </dd>
          </div>
          <div>
            <dt>Prediction</dt>
            <dd>
              {agreementWords(group)}
              <span className="dim"> · {CONFIDENCES[group.confidence].means}</span>
            </dd>
          </div>
        </dl>
        <DoubtList doubts={group.because} />
      </section>
      <div className="inspector__foot">
        <CopyButton label="Copy as text" text={report} />
      </div>
    </div>
  );
}

function agreementWords(group: GroupView): string {
  if (group.agrees === undefined) return CONFIDENCES[group.confidence].word;
  return group.agrees ? 'Forms the same group' : 'Forms another group';
}
