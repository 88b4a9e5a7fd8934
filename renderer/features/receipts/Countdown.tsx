import { useEffect, useState } from 'react';
import { useAppDispatch } from '../../app/hooks.ts';
import { listReceipts } from './receipts-thunks.ts';

interface CountdownProps {
  readonly secondsLeft: number;
  /** When that was told. */
  readonly toldAtMs: number;
  /** Whose receipts are asked for when the time is over. */
  readonly hostId: string;
}

/** Time that is left, as minutes and seconds. Spoken in minutes only: each second would be noise. */
export function Countdown({ secondsLeft, toldAtMs, hostId }: CountdownProps) {
  const dispatch = useAppDispatch();
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  const passed = Math.max(0, Math.floor((nowMs - toldAtMs) / 1_000));
  const left = Math.max(0, secondsLeft - passed);
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) void dispatch(listReceipts(hostId));
  }, [dispatch, hostId, isOver]);
  if (isOver) return <span className="countdown">Now</span>;
  const minutes = Math.floor(left / 60);
  const seconds = String(left % 60).padStart(2, '0');
  return (
    <span className="countdown" role="timer" aria-label={`${Math.ceil(left / 60)} minutes left`}>
      {minutes}:{seconds}
    </span>
  );
}
