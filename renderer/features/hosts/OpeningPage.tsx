import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureCard } from '../../components/FailureCard.tsx';
import { pageChosen } from '../navigation/navigation-slice.ts';
import { PageSkeleton } from './PageSkeleton.tsx';
import { ReadingProgress } from './ReadingProgress.tsx';
import { selectOpening } from './hosts-selectors.ts';
import type { Opening } from './hosts-slice.ts';
import { openingDismissed } from './hosts-slice.ts';
import { openSource } from './hosts-thunks.ts';

/** A reading without a host yet: its outline for a moment, then its progress, or its failure. */
export function OpeningPage({ jobId }: { jobId: string }) {
  const opening = useAppSelector((state) => selectOpening(state, jobId));
  const isLong = useElapsed(jobId, 700);
  if (opening === undefined) {
    return <EmptyState title="This reading ended" text="Choose a host or a sample at the left." />;
  }
  if (opening.failure !== undefined) return <FailedOpening opening={opening} />;
  if (!isLong) return <PageSkeleton />;
  return (
    <div className="opening-page">
      <h1>Reading {opening.label}</h1>
      <ReadingProgress opening={opening} />
    </div>
  );
}

function FailedOpening({ opening }: { opening: Opening }) {
  const dispatch = useAppDispatch();
  const { jobId, label, source, failure } = opening;
  if (failure === undefined) return null;
  const again = () => {
    if (source === undefined) return;
    dispatch(openingDismissed(jobId));
    void dispatch(openSource(source));
  };
  const leave = () => {
    dispatch(openingDismissed(jobId));
    dispatch(pageChosen({ kind: 'open' }));
  };
  return (
    <div className="opening-page">
      <h1 className="opening-page__title">{label}</h1>
      <FailureCard title={`Cannot open ${label}`} failure={failure}>
        {source === undefined ? null : <Button onClick={again}>Read it again</Button>}
        <Button variant="default" onClick={leave}>
          Open something else
        </Button>
      </FailureCard>
    </div>
  );
}

function useElapsed(key: string, afterMs: number): boolean {
  const [elapsedKey, setElapsedKey] = useState<string>();
  useEffect(() => {
    const timer = setTimeout(() => setElapsedKey(key), afterMs);
    return () => clearTimeout(timer);
  }, [key, afterMs]);
  return elapsedKey === key;
}
