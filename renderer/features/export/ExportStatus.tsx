import { useAppSelector } from '../../app/hooks.ts';
import { FailureCard } from '../../components/FailureCard.tsx';

/** Where the last report of a host went, or why it did not. */
export function ExportStatus({ hostId }: { hostId: string }) {
  const outcome = useAppSelector((state) => state.export.reports[hostId]);
  return (
    <>
      <p className="export-status" role="status">
        {outcome?.said}
      </p>
      {outcome?.failure === undefined ? null : (
        <FailureCard title="Cannot export the report" failure={outcome.failure} />
      )}
    </>
  );
}
