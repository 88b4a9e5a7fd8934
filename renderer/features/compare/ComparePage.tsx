import { Skeleton } from '@mantine/core';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureCard } from '../../components/FailureCard.tsx';
import { ComparisonResult } from './ComparisonResult.tsx';
import { PartnerChoice } from './PartnerChoice.tsx';
import { partnerChosen, selectCompare } from './compare-slice.ts';
import { Button } from '@mantine/core';

/** What differs between this host and another one, or an earlier reading of it, and why. */
export function ComparePage({ hostId }: { hostId: string }) {
  return (
    <div className="page-scroll" tabIndex={0} role="region" aria-label="Compare">
      <div className="compare">
        <PartnerChoice hostId={hostId} />
        <Outcome hostId={hostId} />
      </div>
    </div>
  );
}

function Outcome({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const { otherId, reading, value, failure } = useAppSelector((state) =>
    selectCompare(state, hostId),
  );
  if (failure !== undefined) {
    return (
      <FailureCard title="Cannot compare" failure={failure}>
        <Button
          variant="default"
          onClick={() => dispatch(partnerChosen({ hostId, change: { otherId: undefined } }))}
        >
          Choose another one
        </Button>
      </FailureCard>
    );
  }
  if (value !== undefined) return <ComparisonResult hostId={hostId} comparison={value} />;
  if (reading === undefined && otherId === undefined) {
    return (
      <EmptyState
        title="Choose what to compare with"
        text="An earlier reading of this host shows what an update, a BIOS setting or a moved card changed. Another host shows why the same card works there."
      />
    );
  }
  return (
    <div role="status" aria-label={reading === undefined ? 'Comparing' : `Reading ${reading}`}>
      <Skeleton height={22} width={260} />
      <Skeleton height={90} mt={16} />
      <Skeleton height={140} mt={12} />
    </div>
  );
}
