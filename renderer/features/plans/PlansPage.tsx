import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { assertNever } from '../../../shared/result.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectRun, isRunning } from '../receipts/receipts-selectors.ts';
import { ApplyStep } from './ApplyStep.tsx';
import { ChooseStep } from './ChooseStep.tsx';
import { ConfirmStep } from './ConfirmStep.tsx';
import { DecideStep } from './DecideStep.tsx';
import { ReviewStep } from './ReviewStep.tsx';
import { StepRow } from './StepRow.tsx';
import { UnderstandStep } from './UnderstandStep.tsx';
import { selectDraft } from './plans-selectors.ts';
import { stepChosen, WIZARD_STEPS } from './plans-slice.ts';
import type { WizardStep } from './plans-slice.ts';
import { usePlan } from './use-plan.ts';
import { reachableSteps } from './reachable-steps.ts';
import { STEP_WORDS } from './wizard-steps.ts';

/** The way from a device to its receipt, one question a step. */
export function PlansPage({ hostId }: { hostId: string }) {
  usePlan(hostId);
  const { step } = useAppSelector((state) => selectDraft(state, hostId));
  const { title, lead } = STEP_WORDS[step];
  const heading = useStepFocus(step);
  return (
    <div className="page-scroll" tabIndex={0} role="region" aria-label="Plans">
      <div className="wizard">
        <StepRow hostId={hostId} />
        <header>
          <h2 className="wizard__title" ref={heading} tabIndex={-1}>
            {title}
          </h2>
          <p className="wizard__lead">{lead}</p>
        </header>
        <StepBody hostId={hostId} step={step} />
        <StepButtons hostId={hostId} step={step} />
      </div>
    </div>
  );
}

/** A new step begins at its heading, for the eye and for the keyboard. */
function useStepFocus(step: WizardStep) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    if (shown.current !== step) {
      heading.current?.closest('.page-scroll')?.scrollTo({ top: 0 });
      heading.current?.focus({ preventScroll: true });
    }
    shown.current = step;
  }, [step]);
  return heading;
}

function StepBody({ hostId, step }: { hostId: string; step: WizardStep }) {
  switch (step) {
    case 'choose':
      return <ChooseStep hostId={hostId} />;
    case 'understand':
      return <UnderstandStep hostId={hostId} />;
    case 'decide':
      return <DecideStep hostId={hostId} />;
    case 'review':
      return <ReviewStep hostId={hostId} />;
    case 'apply':
      return <ApplyStep hostId={hostId} />;
    case 'confirm':
      return <ConfirmStep hostId={hostId} />;
    default:
      return assertNever(step);
  }
}

/** Back and on; where it does not go on, the step itself says why. */
function StepButtons({ hostId, step }: { hostId: string; step: WizardStep }) {
  const dispatch = useAppDispatch();
  const draft = useAppSelector((state) => selectDraft(state, hostId));
  const run = useAppSelector((state) => selectRun(state, draft.jobId));
  const at = WIZARD_STEPS.indexOf(step);
  const reachable = reachableSteps(draft);
  const before = WIZARD_STEPS.slice(0, at).findLast((earlier) => reachable.has(earlier));
  const after = WIZARD_STEPS[at + 1];
  const canGoOn = after !== undefined && reachable.has(after);
  if (step === 'confirm' || isRunning(run)) return null;
  return (
    <div className="wizard__buttons">
      {before === undefined ? null : (
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={15} stroke={1.7} aria-hidden />}
          onClick={() => dispatch(stepChosen({ hostId, step: before }))}
        >
          Back
        </Button>
      )}
      {after === undefined || after === 'confirm' ? null : (
        <Button
          rightSection={<IconArrowRight size={15} stroke={1.7} aria-hidden />}
          disabled={!canGoOn}
          onClick={() => dispatch(stepChosen({ hostId, step: after }))}
        >
          {STEP_WORDS[after].word}
        </Button>
      )}
    </div>
  );
}
