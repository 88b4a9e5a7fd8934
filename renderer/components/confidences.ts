import type { Explanation } from '../../shared/view.ts';

type ConfidenceWord = Explanation['confidence'];

/** How sure a prediction is, in words. */
export const CONFIDENCES: Readonly<Record<ConfidenceWord, { word: string; means: string }>> = {
  certain: { word: 'Certain', means: 'Every input of this prediction was read.' },
  likely: { word: 'Likely', means: 'An input was inferred; the doubts say which.' },
  unknown: {
    word: 'Not sure',
    means: 'An input is missing; the doubts say which command supplies it.',
  },
};
