import type { FindingView } from '../../shared/view.ts';

type Severity = FindingView['severity'];

/** Weight of a finding: word and tone. */
export const FINDING_SEVERITIES: Readonly<
  Record<Severity, { word: string; tone: 'blocked' | 'risky' | 'unknown' }>
> = {
  stop: { word: 'Stop', tone: 'blocked' },
  risk: { word: 'Risk', tone: 'risky' },
  note: { word: 'Note', tone: 'unknown' },
};
