import { Button } from '@mantine/core';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { FailureCard } from '../../components/FailureCard.tsx';
import { ReadingProgress } from './ReadingProgress.tsx';
import { selectRescan } from './hosts-selectors.ts';
import { openingDismissed } from './hosts-slice.ts';

/** A new reading of the host on show: its progress, or why it failed. The old reading stays. */
export function RescanStatus({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const rescan = useAppSelector((state) => selectRescan(state, hostId));
  if (rescan === undefined) return null;
  if (rescan.failure === undefined) {
    return (
      <div className="host-header__rescan">
        <ReadingProgress opening={rescan} />
      </div>
    );
  }
  return (
    <div className="host-header__rescan">
      <FailureCard title={`Cannot read ${rescan.label} again`} failure={rescan.failure}>
        <Button variant="default" onClick={() => dispatch(openingDismissed(rescan.jobId))}>
          Keep the earlier reading
        </Button>
      </FailureCard>
    </div>
  );
}
