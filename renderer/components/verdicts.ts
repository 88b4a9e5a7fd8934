import type { VerdictWord } from '../../shared/view.ts';

/**
 * What the window shows for a group: a verdict, or that the group holds only ports and bridges, so
 * that there is nothing in it to pass through and no verdict to give.
 */
export type ShownVerdict = VerdictWord | 'host-parts';

/** Outline of a verdict's mark: the verdicts differ in shape as well as in colour. */
export type VerdictShape = 'circle' | 'square' | 'triangle' | 'octagon' | 'diamond' | 'dash';

export interface VerdictLook {
  readonly word: string;
  readonly shape: VerdictShape;
  /** Suffix of the colour tokens: `--al-ready`, `--al-ready-soft`, `--al-ready-line`. */
  readonly tone: 'ready' | 'companions' | 'risky' | 'blocked' | 'unknown' | 'plain';
  readonly means: string;
  /** Order from what a person can use at once to what they cannot. */
  readonly rank: number;
}

/** The one table of verdicts of the window. */
export const VERDICTS: Readonly<Record<ShownVerdict, VerdictLook>> = {
  ready: {
    word: 'Ready',
    shape: 'circle',
    tone: 'ready',
    means: 'The group can move now; nothing of the host depends on it.',
    rank: 0,
  },
  'needs-companions': {
    word: 'Needs companions',
    shape: 'square',
    tone: 'companions',
    means: 'Fine, but more devices move than the one you chose.',
    rank: 1,
  },
  risky: {
    word: 'Risky',
    shape: 'triangle',
    tone: 'risky',
    means: 'Possible, with a risk that is named.',
    rank: 2,
  },
  blocked: {
    word: 'Blocked',
    shape: 'octagon',
    tone: 'blocked',
    means: 'Not possible, or it would take what the host needs.',
    rank: 3,
  },
  unknown: {
    word: 'Unknown',
    shape: 'diamond',
    tone: 'unknown',
    means: 'A fact is missing; the command that supplies it is shown.',
    rank: 4,
  },
  'host-parts': {
    word: 'Host parts',
    shape: 'dash',
    tone: 'plain',
    means: 'Holds only ports, bridges and parts of the chipset; they stay with the host.',
    rank: 5,
  },
};

export const VERDICT_WORDS = Object.keys(VERDICTS) as readonly ShownVerdict[];
