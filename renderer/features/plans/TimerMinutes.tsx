import { useId, useState } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectDraft, selectPlan } from './plans-selectors.ts';
import { wishChanged } from './plans-slice.ts';

/** How long a change waits for its confirmation: the helper takes 1 to 60 minutes. */
export function TimerMinutes({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const id = useId();
  const { timerMinutes } = useAppSelector((state) => selectDraft(state, hostId));
  const plan = useAppSelector((state) => selectPlan(state, hostId));
  const [text, setText] = useState(String(timerMinutes));
  const isRight = /^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= 60;
  const change = (value: string) => {
    setText(value);
    const minutes = Number(value);
    if (Number.isInteger(minutes) && minutes >= 1 && minutes <= 60) {
      dispatch(wishChanged({ hostId, change: { timerMinutes: minutes } }));
    }
  };
  const hasTimer = plan?.timerMinutes !== undefined || plan?.boot?.timerMinutes !== undefined;
  return (
    <section className="timer-minutes">
      <label htmlFor={id}>Minutes to confirm it</label>
      <input
        id={id}
        type="number"
        min={1}
        max={60}
        value={text}
        aria-invalid={!isRight}
        aria-describedby={`${id}-text`}
        onChange={(event) => change(event.currentTarget.value)}
      />
      <p id={`${id}-text`} className="dim">
        {isRight
          ? plan === undefined || hasTimer
            ? 'Unless you confirm within that time, everything is given back by itself: also when the screen or the network is gone.'
            : 'This plan takes no screen and no network from the host, so it runs without a timer.'
          : 'A whole number from 1 to 60.'}
      </p>
    </section>
  );
}
