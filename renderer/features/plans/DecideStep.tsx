import { useEffect } from 'react';
import { FailureCard } from '../../components/FailureCard.tsx';
import { SplitList } from '../../components/SplitList.tsx';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectExplanation } from '../inspector/inspector-selectors.ts';
import { explainFunction } from '../inspector/inspector-thunks.ts';
import { ArgumentChoice } from './ArgumentChoice.tsx';
import { RefusalList } from './RefusalList.tsx';
import { TimerMinutes } from './TimerMinutes.tsx';
import { BINDING_TIMES } from './binding-times.ts';
import { selectDraft } from './plans-selectors.ts';
import { wishChanged, type BindingTime } from './plans-slice.ts';

/** When it is bound, how long it waits for its confirmation, and what could be done instead. */
export function DecideStep({ hostId }: { hostId: string }) {
  const draft = useAppSelector((state) => selectDraft(state, hostId));
  const { answer, failure, time } = draft;
  return (
    <>
      {draft.addresses.length === 0 ? null : <TimeChoice hostId={hostId} />}
      {time === 'now' ? null : <ArgumentChoice hostId={hostId} />}
      <TimerMinutes hostId={hostId} />
      {failure === undefined ? null : (
        <FailureCard title="No plan could be made" failure={failure} />
      )}
      <RefusalList
        hostId={hostId}
        reasons={answer?.kind === 'refused' ? answer.refusal.reasons : []}
      />
      <OtherWays hostId={hostId} bdf={draft.addresses[0]} />
    </>
  );
}

function TimeChoice({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const { time } = useAppSelector((state) => selectDraft(state, hostId));
  return (
    <fieldset className="choose__kind">
      <legend className="hidden-term">When it is bound</legend>
      <ul className="choose__devices">
        {(Object.keys(BINDING_TIMES) as BindingTime[]).map((value) => (
          <li key={value}>
            <label className="choice" data-chosen={value === time}>
              <input
                type="radio"
                name="binding-time"
                checked={value === time}
                onChange={() => dispatch(wishChanged({ hostId, change: { time: value } }))}
              />
              <span className="choice__words">
                <span className="choice__name">{BINDING_TIMES[value].word}</span>
                <span className="choice__text">{BINDING_TIMES[value].text}</span>
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

/** Words, not buttons: what makes a group smaller is a matter of slots, firmware and risk. */
function OtherWays({ hostId, bdf = '' }: { hostId: string; bdf: string | undefined }) {
  const dispatch = useAppDispatch();
  useEffect(() => {
    if (bdf !== '') void dispatch(explainFunction(hostId, bdf));
  }, [dispatch, hostId, bdf]);
  const splits = useAppSelector((state) => selectExplanation(state, hostId, bdf))?.value?.splits;
  if (splits === undefined) return null;
  return (
    <section>
      <h3 className="wizard__subtitle">Other ways, the safest first</h3>
      <p className="dim">What would make the group smaller, so that less has to move.</p>
      <SplitList splits={splits} />
    </section>
  );
}
