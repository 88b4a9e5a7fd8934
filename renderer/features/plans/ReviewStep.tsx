import { Skeleton } from '@mantine/core';
import type { Plan } from '../../../shared/plan.ts';
import { useAppSelector } from '../../app/hooks.ts';
import { FailureCard } from '../../components/FailureCard.tsx';
import { counted } from '../../components/counted.ts';
import { FileChanges } from './FileChanges.tsx';
import { NextBootSection } from './NextBootSection.tsx';
import { PlanSteps } from './PlanSteps.tsx';
import { RefusalList } from './RefusalList.tsx';
import { selectDraft } from './plans-selectors.ts';

/** The whole plan: steps in words, every file as a difference, what is done by hand. */
export function ReviewStep({ hostId }: { hostId: string }) {
  const { answer, failure } = useAppSelector((state) => selectDraft(state, hostId));
  if (failure !== undefined) return <FailureCard title="No plan could be made" failure={failure} />;
  if (answer === undefined) return <Skeleton height={200} />;
  if (answer.kind === 'refused') {
    return <RefusalList hostId={hostId} reasons={answer.refusal.reasons} />;
  }
  return <PlanReview plan={answer.plan} />;
}

function PlanReview({ plan }: { plan: Plan }) {
  const { steps, fileChanges, boot, notes } = plan;
  return (
    <>
      <p className="plan-facts">
        Plan <code>{plan.id}</code>, {boundWords(plan)}
        {plan.overrides.length === 0 ? '' : `. Stops overridden: ${plan.overrides.join(', ')}`}
      </p>
      {steps.length === 0 ? null : (
        <section>
          <h3 className="wizard__subtitle">
            Steps <span className="dim">{counted(steps.length, 'step')}</span>
          </h3>
          <PlanSteps steps={steps} />
        </section>
      )}
      {fileChanges.length === 0 ? (
        <p className="dim">No file of the host changes.</p>
      ) : (
        <FileChanges changes={fileChanges} />
      )}
      {boot === undefined ? null : <NextBootSection boot={boot} />}
      <section>
        <h3 className="wizard__subtitle">How it is taken back</h3>
        <ul className="plan-notes">
          {undoWords(plan).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      </section>
      {notes.length === 0 ? null : (
        <section>
          <h3 className="wizard__subtitle">Notes</h3>
          <ul className="plan-notes">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** On which host the helper takes it. */
function boundWords({ boundTo: { machine, boot, kernel } }: Plan): string {
  const bounds = [
    ...(machine === 'any' ? [] : ['this machine']),
    ...(boot === 'any' ? [] : ['this boot']),
    ...(kernel === 'any' ? [] : [`kernel ${kernel}`]),
  ];
  return bounds.length === 0
    ? 'for any host on which every card, driver and group is as below'
    : `for ${bounds.join(', ')} only`;
}

function undoWords({ timerMinutes, boot, when, steps }: Plan): readonly string[] {
  return [
    ...(steps.length === 0
      ? []
      : ['At the first step that does not go as it says, everything is given back at once.']),
    ...(timerMinutes === undefined
      ? []
      : [
          `Unless it is confirmed within ${timerMinutes} minutes after the last step, everything is given back by itself.`,
        ]),
    ...(boot?.timerMinutes === undefined
      ? []
      : [
          `Unless it is confirmed within ${boot.timerMinutes} minutes after the next boot, files are restored and the host restarts once.`,
        ]),
    ...(steps.length === 0
      ? []
      : ['Later, Receipts undoes the steps in reverse order, whenever you ask.']),
    ...(when.includes('now') ? ['What is set now ends with the next boot in any case.'] : []),
  ];
}
