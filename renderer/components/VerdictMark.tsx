import type { ReactElement } from 'react';
import { VERDICTS } from './verdicts.ts';
import type { ShownVerdict, VerdictShape } from './verdicts.ts';

const SHAPES: Readonly<Record<VerdictShape, ReactElement>> = {
  circle: (
    <>
      <circle cx="8" cy="8" r="7" fill="currentColor" />
      <path className="verdict-mark__glyph" d="M4.8 8.3 7.1 10.6 11.3 5.9" />
    </>
  ),
  square: (
    <>
      <rect x="1" y="1" width="14" height="14" rx="3.5" fill="currentColor" />
      <path className="verdict-mark__glyph" d="M8 4.8 V11.2 M4.8 8 H11.2" />
    </>
  ),
  dash: <path d="M3 8 H13" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />,
  triangle: (
    <>
      <path
        d="M8 1.2 15.4 14.4 H0.6 Z"
        fill="currentColor"
        stroke="currentColor"
        strokeLinejoin="round"
      />
      <path className="verdict-mark__glyph" d="M8 6 V9.6 M8 11.9 V12" />
    </>
  ),
  octagon: (
    <>
      <path d="M5 1 H11 L15 5 V11 L11 15 H5 L1 11 V5 Z" fill="currentColor" />
      <path className="verdict-mark__glyph" d="M4.8 8 H11.2" />
    </>
  ),
  diamond: (
    <>
      <path
        d="M8 1 15 8 8 15 1 8 Z"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeDasharray="2.6 1.6"
      />
      <circle cx="8" cy="8" r="1.6" fill="currentColor" />
    </>
  ),
};

/** The shape of a verdict, without its word. Hidden from screen readers: the word stands beside it. */
export function VerdictMark({ verdict, size = 14 }: { verdict: ShownVerdict; size?: number }) {
  const look = VERDICTS[verdict];
  return (
    <svg
      className={`verdict-mark tone-${look.tone}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      aria-hidden="true"
    >
      {SHAPES[look.shape]}
    </svg>
  );
}
