import { VerdictMark } from './VerdictMark.tsx';
import { VERDICTS } from './verdicts.ts';
import type { ShownVerdict } from './verdicts.ts';

/** Shape, colour and word of a verdict. */
export function VerdictBadge({ verdict }: { verdict: ShownVerdict }) {
  const look = VERDICTS[verdict];
  return (
    <span className={`verdict-badge tone-${look.tone}`} title={look.means}>
      <VerdictMark verdict={verdict} size={12} />
      {look.word}
    </span>
  );
}
