import type { HelperReport } from '../../../shared/helper-report.ts';

/** How a run of the helper can end; `nothing` where there was nothing to do. */
const RESULTS = [
  'applied',
  'undone',
  'given-back',
  'refused',
  'stuck',
  'confirmed',
  'kept',
  'ready',
  'nothing',
] as const;
type RunResultWord = (typeof RESULTS)[number];

interface ResultLook {
  readonly sentence: string;
  readonly tone: 'ready' | 'risky' | 'blocked';
}

/** The one table of ends of a run. */
export const RUN_RESULTS: Readonly<Record<RunResultWord, ResultLook>> = {
  applied: { sentence: 'Every step was done and looked at.', tone: 'ready' },
  undone: { sentence: 'Everything is as it was before.', tone: 'ready' },
  'given-back': {
    sentence: 'It did not go through, and everything was given back.',
    tone: 'risky',
  },
  refused: { sentence: 'Refused before anything was changed.', tone: 'blocked' },
  stuck: {
    sentence: 'It failed, and not everything could be given back yet.',
    tone: 'blocked',
  },
  confirmed: { sentence: 'Confirmed: nothing takes it back by itself.', tone: 'ready' },
  kept: { sentence: 'Kept until the next boot. After it, confirm again.', tone: 'ready' },
  ready: { sentence: 'The host is as the plan expects.', tone: 'ready' },
  nothing: { sentence: 'Nothing was left unfinished.', tone: 'ready' },
};

/** A word of a newer helper counts as a refusal, whose problems say more. */
export function runResultOf({ result, verb }: HelperReport): RunResultWord {
  if (result === undefined) return verb === 'recover' ? 'nothing' : 'refused';
  if (result === 'undone' && verb === 'apply') return 'given-back';
  return RESULTS.find((word) => word === result) ?? 'refused';
}
