import type { Explanation } from '../../shared/view.ts';

type SplitRisk = Explanation['splits'][number]['risk'];

/** How dangerous a way of splitting a group is. */
export const SPLIT_RISKS: Readonly<Record<SplitRisk, { word: string; tone: string }>> = {
  none: { word: 'no risk', tone: 'ready' },
  low: { word: 'low risk', tone: 'companions' },
  high: { word: 'unsafe', tone: 'blocked' },
};
