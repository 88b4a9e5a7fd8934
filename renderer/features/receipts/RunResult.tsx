import { FailureCard } from '../../components/FailureCard.tsx';
import { ProblemCards } from './ProblemCards.tsx';
import { RUN_RESULTS, runResultOf } from './run-results.ts';
import type { HelperRun } from './runs-slice.ts';

/** How a run of the helper ended: one sentence, then each thing that stood in the way. */
export function RunResult({ run }: { run: HelperRun }) {
  if (run.failure !== undefined) {
    return <FailureCard title={FAILED[run.verb]} failure={run.failure} />;
  }
  if (run.report === undefined) return null;
  const look = RUN_RESULTS[runResultOf(run.report)];
  return (
    <div className="run-result">
      <p className={`run-result__sentence tone-${look.tone}`} role="status">
        {look.sentence}
      </p>
      <ProblemCards problems={run.report.problems} diff={run.report.diff} />
    </div>
  );
}

const FAILED: Readonly<Record<HelperRun['verb'], string>> = {
  apply: 'The plan was not carried out',
  confirm: 'It was not confirmed',
  undo: 'It was not given back',
  recover: 'Nothing was recovered',
  status: 'The receipts could not be listed',
};
