import { Button, Progress } from '@mantine/core';
import { IconArrowBackUp, IconCheck, IconLoader, IconPointFilled } from '@tabler/icons-react';
import type { Plan } from '../../../shared/plan.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { rescanHost } from '../hosts/hosts-thunks.ts';
import { tabChosen } from '../navigation/navigation-slice.ts';
import { ProblemCards } from '../receipts/ProblemCards.tsx';
import { RunResult } from '../receipts/RunResult.tsx';
import { isRunning } from '../receipts/receipts-selectors.ts';
import { stopRun } from '../receipts/receipts-thunks.ts';
import type { HelperRun, StepPhase } from '../receipts/runs-slice.ts';
import { selectDraft } from './plans-selectors.ts';
import { stepChosen } from './plans-slice.ts';

interface RunPanelProps {
  readonly hostId: string;
  readonly plan: Plan;
  readonly run: HelperRun;
}

/** The plan while it is carried out, step by step, and how that ended. */
export function RunPanel({ hostId, plan, run }: RunPanelProps) {
  return (
    <section className="run-panel">
      {isRunning(run) ? <RunHead run={run} steps={plan.steps.length} /> : <RunResult run={run} />}
      {isRunning(run) ? <ProblemCards problems={run.problems} /> : null}
      <ol className="run-steps" aria-label="Progress">
        {plan.steps.map(({ line, effect }, index) => (
          <RunStep key={line} effect={effect} phase={run.phases[index + 1]} />
        ))}
      </ol>
      {isRunning(run) ? null : <NextAfterRun hostId={hostId} run={run} />}
    </section>
  );
}

function RunHead({ run, steps }: { run: HelperRun; steps: number }) {
  const dispatch = useAppDispatch();
  const done = Object.values(run.phases).filter((phase) => phase === 'done').length;
  const isUndoing = Object.values(run.phases).includes('undone');
  const words = isUndoing
    ? 'Giving back what was done'
    : run.isStopping
      ? 'Stopping: what was done is given back'
      : `Step ${Math.min(done + 1, steps)} of ${steps}`;
  return (
    <div className="reading-progress">
      <div className="reading-progress__words">
        <span role="status">{words}</span>
        <span className="reading-progress__count">
          {done} of {steps} done
        </span>
      </div>
      <Progress size={4} value={(100 * done) / steps} aria-label="Steps done" />
      <Button
        variant="default"
        disabled={run.isStopping || isUndoing}
        onClick={() => void dispatch(stopRun(run.jobId))}
      >
        Stop and give back
      </Button>
    </div>
  );
}

const PHASES: Readonly<
  Record<StepPhase | 'waits', { readonly icon: typeof IconCheck; readonly word: string }>
> = {
  waits: { icon: IconPointFilled, word: 'not begun' },
  begin: { icon: IconLoader, word: 'begun' },
  done: { icon: IconCheck, word: 'done' },
  undone: { icon: IconArrowBackUp, word: 'given back' },
};

function RunStep({ effect, phase }: { effect: string; phase: StepPhase | undefined }) {
  const { icon: Icon, word } = PHASES[phase ?? 'waits'];
  return (
    <li className="run-step" data-phase={phase}>
      <Icon size={15} stroke={2} aria-hidden />
      <span>{effect}</span>
      <span className="run-step__word">{word}</span>
    </li>
  );
}

/** Codes after which the plan itself is out of date. */
const STALE = /^(stale-|moved$|gone$|rebooted$|other-|not-viable$)/;

/** What to do after a run that did not go through. */
function NextAfterRun({ hostId, run }: { hostId: string; run: HelperRun }) {
  const dispatch = useAppDispatch();
  const receipt = useAppSelector((state) => selectDraft(state, hostId).receipt);
  if (receipt !== undefined) {
    return (
      <Button onClick={() => dispatch(stepChosen({ hostId, step: 'confirm' }))}>Confirm</Button>
    );
  }
  const codes = run.report?.problems.map(({ code }) => code) ?? [];
  const needsRecovery = run.report?.result === 'stuck' || codes.includes('unfinished');
  return (
    <div className="button-row">
      {needsRecovery ? (
        <Button onClick={() => dispatch(tabChosen('receipts'))}>Go to recovery in Receipts</Button>
      ) : (
        <Button
          onClick={() => {
            dispatch(stepChosen({ hostId, step: 'understand' }));
            void dispatch(rescanHost(hostId));
          }}
        >
          {codes.some((code) => STALE.test(code))
            ? 'Read the host again and plan anew'
            : 'Back to the plan'}
        </Button>
      )}
    </div>
  );
}
