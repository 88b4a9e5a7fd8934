import type { FunctionView } from '../../shared/view.ts';

interface AcsLook {
  readonly word: string;
  readonly tone: 'ready' | 'risky' | 'unknown';
}

/** Whether a function keeps what is below it apart, in words. */
export const ACS_STATES: Readonly<Record<FunctionView['acs'], AcsLook>> = {
  isolates: { word: 'isolates', tone: 'ready' },
  'does-not-isolate': { word: 'does not isolate', tone: 'risky' },
  unknown: { word: 'ACS unknown', tone: 'unknown' },
};
