import { Button, Progress } from '@mantine/core';
import { useAppDispatch } from '../../app/hooks.ts';
import type { Opening } from './hosts-slice.ts';
import { cancelOpening } from './hosts-thunks.ts';

/** How far a reading is, with the button that ends it. */
export function ReadingProgress({ opening }: { opening: Opening }) {
  const dispatch = useAppDispatch();
  const { jobId, text, done, total, isCancelling } = opening;
  const hasTotal = total !== undefined && total > 0;
  const count = hasTotal
    ? `${done.toLocaleString('en-US')} of ${total.toLocaleString('en-US')}`
    : '';
  return (
    <div className="reading-progress">
      <div className="reading-progress__words">
        <span className="reading-progress__text" role="status">
          {isCancelling ? 'Stopping' : text === '' ? 'Starting' : text}
        </span>
        <span className="reading-progress__count">{count}</span>
      </div>
      <Progress
        size={4}
        value={hasTotal ? (100 * done) / total : 100}
        animated={!hasTotal}
        striped={!hasTotal}
        aria-label={`Reading ${opening.label}`}
      />
      <Button
        variant="default"
        disabled={isCancelling}
        onClick={() => void dispatch(cancelOpening(jobId))}
      >
        Stop reading
      </Button>
    </div>
  );
}
