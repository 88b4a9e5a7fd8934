import { SegmentedControl, Skeleton } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { Suspense, lazy } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureCard } from '../../components/FailureCard.tsx';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import type { WhatifReport } from '../../../shared/whatif-report.ts';
import { ChosenFunction } from './ChosenFunction.tsx';
import { GroupChangeCard } from './GroupChangeCard.tsx';
import { RestsOn } from './RestsOn.tsx';
import { WhatifCounts } from './WhatifCounts.tsx';
import { selectPredictedAfter, selectPredictedBefore, selectWhatif } from './whatif-selectors.ts';
import { whatifViewChosen } from './whatif-slice.ts';
import type { Whatif } from './whatif-slice.ts';

/** Drawing takes packages that no other page needs. */
const PictureView = lazy(() =>
  import('../topology-picture/PictureView.tsx').then((module) => ({ default: module.PictureView })),
);

/** What the supposed changes would do to the groups. */
export function WhatifAnswer({ host }: { host: HostRecord }) {
  const { changes, report, failure } = useAppSelector((state) => selectWhatif(state, host.hostId));
  if (changes.length === 0) {
    return (
      <EmptyState
        title="What would the groups be?"
        text="Suppose a change: a card in another slot, ACS of a port, another kernel. The groups that the kernel would form then are shown here, with the reasons. Nothing is changed on the host."
      />
    );
  }
  if (failure !== undefined) {
    return (
      <div className="whatif-answer">
        <FailureCard title="Cannot answer this" failure={failure}>
          <span>Remove the change that it names.</span>
        </FailureCard>
      </div>
    );
  }
  if (report === undefined) return <Skeleton className="whatif-answer" aria-label="Predicting" />;
  return (
    <div className="whatif-answer">
      {report.warnings.map((text) => (
        <p key={text} className="whatif-warning" role="note">
          <IconAlertTriangle size={18} stroke={1.7} aria-hidden />
          {text}
        </p>
      ))}
      <div className="whatif-answer__head">
        <WhatifCounts report={report} />
        <ViewSwitch hostId={host.hostId} />
      </div>
      <AnswerBody host={host} report={report} />
    </div>
  );
}

function ViewSwitch({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const { view } = useAppSelector((state) => selectWhatif(state, hostId));
  return (
    <SegmentedControl
      aria-label="Show the answer as"
      size="xs"
      value={view}
      onChange={(value: Whatif['view']) => dispatch(whatifViewChosen({ hostId, value }))}
      data={[
        { value: 'list', label: 'Changes' },
        { value: 'before', label: 'Picture before' },
        { value: 'after', label: 'Picture after' },
      ]}
    />
  );
}

function AnswerBody({ host, report }: { host: HostRecord; report: WhatifReport }) {
  const { hostId } = host;
  const { view } = useAppSelector((state) => selectWhatif(state, hostId));
  if (view !== 'list') return <PredictedPicture hostId={hostId} isAfter={view === 'after'} />;
  return (
    <>
      <ChosenFunction hostId={hostId} report={report} />
      {report.groupChanges.length === 0 ? (
        <p className="banner">No group changes: every function stays with the same others.</p>
      ) : null}
      {report.groupChanges.map((change, index) => (
        <GroupChangeCard key={index} hostId={hostId} change={change} report={report} />
      ))}
      <RestsOn report={report} />
    </>
  );
}

function PredictedPicture({ hostId, isAfter }: { hostId: string; isAfter: boolean }) {
  const before = useAppSelector((state) => selectPredictedBefore(state, hostId));
  const after = useAppSelector((state) => selectPredictedAfter(state, hostId));
  if (before === undefined || after === undefined) return null;
  return (
    <Suspense fallback={<Skeleton className="picture" />}>
      <PictureView
        hostId={hostId}
        host={isAfter ? after.host : before}
        {...(isAfter ? { origins: after.origins } : {})}
        hasOwnGroups={false}
      />
    </Suspense>
  );
}
