import type { ReceiptState } from '../../../shared/binding.ts';

interface ReceiptLook {
  readonly word: string;
  readonly tone: 'ready' | 'companions' | 'risky' | 'blocked' | 'unknown';
  readonly means: string;
  /** Whether it holds something that an undo gives back. */
  readonly canUndo: boolean;
  /** Whether `recover` has to finish it. */
  readonly isUnfinished: boolean;
}

/** The one table of states of a receipt. */
export const RECEIPT_STATES: Readonly<Record<ReceiptState, ReceiptLook>> = {
  applying: {
    word: 'Under way',
    tone: 'risky',
    means: 'The helper works on it, or was ended in the middle: recovery gives everything back.',
    canUndo: false,
    isUnfinished: true,
  },
  applied: {
    word: 'In force',
    tone: 'companions',
    means: 'Every step was done.',
    canUndo: true,
    isUnfinished: false,
  },
  kept: {
    word: 'Kept until the next boot',
    tone: 'companions',
    means: 'Confirmed for now. After the next boot it waits to be confirmed again.',
    canUndo: true,
    isUnfinished: false,
  },
  confirmed: {
    word: 'Confirmed',
    tone: 'ready',
    means: 'Nothing takes it back by itself.',
    canUndo: true,
    isUnfinished: false,
  },
  undoing: {
    word: 'Being given back',
    tone: 'risky',
    means: 'The helper gives it back, or was ended in the middle: recovery finishes it.',
    canUndo: false,
    isUnfinished: true,
  },
  undone: {
    word: 'Given back',
    tone: 'unknown',
    means: 'Every driver and file is as it was before.',
    canUndo: false,
    isUnfinished: false,
  },
  stuck: {
    word: 'Not all given back',
    tone: 'blocked',
    means: 'Something stood in the way. Mend that, then recover.',
    canUndo: false,
    isUnfinished: true,
  },
  damaged: {
    word: 'Damaged',
    tone: 'blocked',
    means: 'The journal of this receipt cannot be read, so nothing can be undone by it.',
    canUndo: false,
    isUnfinished: false,
  },
};
