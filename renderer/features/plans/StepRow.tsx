import { IconCheck } from '@tabler/icons-react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { isRunning, selectRun } from '../receipts/receipts-selectors.ts';
import { selectDraft } from './plans-selectors.ts';
import { stepChosen, WIZARD_STEPS } from './plans-slice.ts';
import { reachableSteps } from './reachable-steps.ts';
import { STEP_WORDS } from './wizard-steps.ts';

/** The whole way, how far it is gone, and the steps that can be gone back to. */
export function StepRow({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const draft = useAppSelector((state) => selectDraft(state, hostId));
  const isBusy = useAppSelector((state) => isRunning(selectRun(state, draft.jobId)));
  const reachable = reachableSteps(draft);
  const at = WIZARD_STEPS.indexOf(draft.step);
  // What is done is not decided again: that is another plan.
  const isOver = draft.step === 'confirm';
  return (
    <ol className="step-row" aria-label="Steps of the plan">
      {WIZARD_STEPS.map((step, index) => (
        <li key={step}>
          <button
            type="button"
            className="step-row__step"
            aria-current={index === at ? 'step' : undefined}
            data-done={index < at}
            disabled={!reachable.has(step) || isBusy || (isOver && index !== at)}
            onClick={() => dispatch(stepChosen({ hostId, step }))}
          >
            <span className="step-row__number" aria-hidden>
              {index < at ? <IconCheck size={13} stroke={2.4} /> : index + 1}
            </span>
            {STEP_WORDS[step].word}
          </button>
        </li>
      ))}
    </ol>
  );
}
