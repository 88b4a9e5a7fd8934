import { IconChevronRight } from '@tabler/icons-react';
import { memo } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { VerdictBadge } from '../../components/VerdictBadge.tsx';
import { CONFIDENCES } from '../../components/confidences.ts';
import { counted } from '../../components/counted.ts';
import { OWNERSHIPS } from '../../components/ownerships.ts';
import { VERDICTS } from '../../components/verdicts.ts';
import type { ShownVerdict } from '../../components/verdicts.ts';
import type { GroupView } from '../../../shared/view.ts';
import { selectGroup, selectShownVerdict } from '../hosts/hosts-selectors.ts';
import { groupSelected, inspectorRevealed } from '../selection/selection-slice.ts';
import type { GroupItem } from './group-items.ts';
import { groupsFolded } from './groups-slice.ts';

interface GroupHeadProps {
  readonly hostId: string;
  readonly index: number;
  readonly isActive: boolean;
  readonly item: GroupItem & { readonly type: 'head' };
}

/** The head of a block: which group, whose, and what can be done with it. */
export const GroupHead = memo(function GroupHead(props: GroupHeadProps) {
  const { hostId, index, isActive, item } = props;
  const dispatch = useAppDispatch();
  const group = useAppSelector((state) => selectGroup(state, hostId, item.groupId));
  const verdict = useAppSelector((state) => selectShownVerdict(state, hostId, item.groupId));
  const choose = () => {
    dispatch(groupSelected(hostId, item.groupId));
    dispatch(inspectorRevealed());
  };
  const fold = () =>
    dispatch(groupsFolded({ hostId, groupIds: [item.groupId], isFolded: !item.isFolded }));
  return (
    <div
      id={`line-${index}`}
      role="row"
      aria-level={1}
      aria-expanded={!item.isFolded}
      aria-rowindex={index + 2}
      aria-selected={isActive}
      className={`group-head tone-${VERDICTS[verdict].tone}`}
      onClick={choose}
    >
      <span role="gridcell" className="group-head__cell">
        <span
          className="group-head__fold"
          onClick={(event) => {
            event.stopPropagation();
            fold();
          }}
        >
          <IconChevronRight size={15} stroke={1.8} aria-hidden />
        </span>
        {group === undefined ? (
          <NotCoveredWords count={item.memberCount} />
        ) : (
          <GroupWords group={group} verdict={verdict} count={item.memberCount} />
        )}
      </span>
    </div>
  );
});

function NotCoveredWords({ count }: { count: number }) {
  return (
    <>
      <strong className="group-head__id">Not covered</strong>
      <span className="group-head__sentence">
        No IOMMU covers these functions, so they cannot be passed through.
      </span>
      <span className="group-head__fact">{counted(count, 'member')}</span>
    </>
  );
}

interface GroupWordsProps {
  readonly group: GroupView;
  readonly verdict: ShownVerdict;
  readonly count: number;
}

function GroupWords({ group, verdict, count }: GroupWordsProps) {
  const ownership = OWNERSHIPS[group.ownership];
  const confidence = CONFIDENCES[group.confidence];
  return (
    <>
      <strong className="group-head__id">Group {group.id}</strong>
      <VerdictBadge verdict={verdict} />
      <span className="group-head__sentence" title={group.sentence}>
        {group.sentence}
      </span>
      {group.agrees === false ? (
        <span className="tag tone-risky" title="The prediction forms this group otherwise">
          differs
        </span>
      ) : null}
      {group.confidence === 'certain' ? null : (
        <span className="group-head__fact" title={confidence.means}>
          {confidence.word}
        </span>
      )}
      <span className="group-head__fact" title={ownership.means}>
        {ownership.word}
      </span>
      <span className="group-head__fact group-head__count">{counted(count, 'member')}</span>
    </>
  );
}
