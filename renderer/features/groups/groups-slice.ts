import { createSlice } from '@reduxjs/toolkit';
import type { PayloadAction } from '@reduxjs/toolkit';
import type { DeviceKind } from '../../../shared/view.ts';
import type { ShownVerdict } from '../../components/verdicts.ts';
import { hostClosed } from '../hosts/hosts-slice.ts';

export type GroupSort = 'number' | 'verdict' | 'size' | 'name';

/** What narrows and orders the table of one host. */
export interface GroupsView {
  readonly search: string;
  readonly kinds: readonly DeviceKind[];
  readonly verdicts: readonly ShownVerdict[];
  /** Driver names; `''` stands for functions without a driver. */
  readonly drivers: readonly string[];
  readonly sort: GroupSort;
  /** Ids of the folded groups. */
  readonly folded: Readonly<Record<string, true>>;
}

export const DEFAULT_GROUPS_VIEW: GroupsView = {
  search: '',
  kinds: [],
  verdicts: [],
  drivers: [],
  sort: 'number',
  folded: {},
};

interface GroupsState {
  readonly byHost: Readonly<Record<string, GroupsView>>;
}

const initialState: GroupsState = { byHost: {} };

type ViewChange = Partial<Omit<GroupsView, 'folded'>>;

const slice = createSlice({
  name: 'groups',
  initialState,
  reducers: {
    viewChanged: (state, { payload }: PayloadAction<{ hostId: string; change: ViewChange }>) => {
      const view = state.byHost[payload.hostId] ?? DEFAULT_GROUPS_VIEW;
      return {
        byHost: { ...state.byHost, [payload.hostId]: { ...view, ...payload.change } },
      };
    },
    filtersCleared: (state, { payload }: PayloadAction<string>) => {
      const view = state.byHost[payload];
      if (view === undefined) return;
      Object.assign(view, { search: '', kinds: [], verdicts: [], drivers: [] });
    },
    groupsFolded: (
      state,
      {
        payload,
      }: PayloadAction<{ hostId: string; groupIds: readonly string[]; isFolded: boolean }>,
    ) => {
      const view = (state.byHost[payload.hostId] ??= structuredClone(DEFAULT_GROUPS_VIEW) as never);
      for (const id of payload.groupIds) {
        if (payload.isFolded) view.folded[id] = true;
        else delete view.folded[id];
      }
    },
  },
  extraReducers: (builder) =>
    builder.addCase(hostClosed, (state, { payload }) => {
      delete state.byHost[payload];
    }),
});

export const groupsReducer = slice.reducer;
export const { viewChanged, filtersCleared, groupsFolded } = slice.actions;
