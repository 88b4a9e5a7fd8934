import type { Hop } from '../../shared/view.ts';

interface OutcomeLook {
  readonly word: string;
  readonly tone: 'ready' | 'risky' | 'unknown' | 'plain';
}

/** What one step of an explanation found, in a word. */
export const HOP_OUTCOMES: Readonly<Record<Hop['outcome'], OutcomeLook>> = {
  isolates: { word: 'boundary', tone: 'ready' },
  joins: { word: 'joins', tone: 'risky' },
  passes: { word: 'passes', tone: 'plain' },
  unknown: { word: 'not readable', tone: 'unknown' },
  info: { word: 'note', tone: 'plain' },
};
