import type { RootState } from '../../app/store.ts';
import type { Selection } from './selection-slice.ts';

export const selectSelection = (state: RootState, hostId: string): Selection | undefined =>
  state.selection.byHost[hostId];

export const selectIsInspectorRevealed = (state: RootState) => state.selection.isRevealed;
