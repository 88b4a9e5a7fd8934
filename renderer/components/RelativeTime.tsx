import { useEffect, useState } from 'react';
import { exactTime, relativeTime } from './relative-time.ts';

/** A moment, relative, with the exact time on hover. */
export function RelativeTime({ atMs }: { atMs: number }) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={new Date(atMs).toISOString()} title={exactTime(atMs)}>
      {relativeTime(atMs, nowMs)}
    </time>
  );
}
