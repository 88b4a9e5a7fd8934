import type { CheckView, Explanation } from '../../../shared/view.ts';
import type { RootState } from '../../app/store.ts';
import type { Answer } from './inspector-slice.ts';

export const selectExplanation = (
  state: RootState,
  hostId: string,
  bdf: string,
): Answer<Explanation> | undefined => state.inspector.explanations[hostId]?.[bdf];

export const selectCheck = (
  state: RootState,
  hostId: string,
  key: string,
): Answer<CheckView> | undefined => state.inspector.checks[hostId]?.[key];
