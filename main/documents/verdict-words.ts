import type { VerdictWord } from '../../shared/view.ts';
import type { Span, Tone } from './document.ts';

interface Look {
  readonly word: string;
  readonly tone: Tone;
}

export const VERDICT_LOOKS: Readonly<Record<VerdictWord, Look>> = {
  ready: { word: 'ready', tone: 'good' },
  'needs-companions': { word: 'needs companions', tone: 'fair' },
  risky: { word: 'risky', tone: 'risk' },
  blocked: { word: 'blocked', tone: 'bad' },
  unknown: { word: 'unknown', tone: 'unknown' },
};

export function verdictSpan(verdict: VerdictWord): Span {
  const { word, tone } = VERDICT_LOOKS[verdict];
  return { mark: word, tone };
}
