import { IconShieldCheck, IconShieldQuestion, IconShieldX } from '@tabler/icons-react';
import type { FunctionView } from '../../../shared/view.ts';
import { ACS_STATES } from '../../components/acs-states.ts';

const ICONS = {
  isolates: IconShieldCheck,
  'does-not-isolate': IconShieldX,
  unknown: IconShieldQuestion,
} as const;

/** Whether a port keeps what is below it apart: a shield, and the words beside it. */
export function AcsMark({ fn }: { fn: FunctionView }) {
  const Icon = ICONS[fn.acs];
  const { word, tone } = ACS_STATES[fn.acs];
  return (
    <span className={`picture-acs tone-${tone}`} title={fn.acsText}>
      <Icon size={14} stroke={1.8} aria-hidden />
      {word}
    </span>
  );
}
