import { createSelector } from '@reduxjs/toolkit';
import type { DeviceKind } from '../../../shared/view.ts';
import type { RootState } from '../../app/store.ts';
import { DEVICE_KINDS, KIND_WORDS } from '../../components/device-kinds.ts';
import { VERDICTS, VERDICT_WORDS } from '../../components/verdicts.ts';
import type { ShownVerdict } from '../../components/verdicts.ts';
import { selectHost, selectShownVerdicts } from '../hosts/hosts-selectors.ts';
import type { HostRecord } from '../hosts/hosts-slice.ts';
import { selectAddressForm } from '../settings/settings-selectors.ts';
import { NOT_COVERED, groupItems } from './group-items.ts';
import { DEFAULT_GROUPS_VIEW } from './groups-slice.ts';

export const selectGroupsView = (state: RootState, hostId: string) =>
  state.groups.byHost[hostId] ?? DEFAULT_GROUPS_VIEW;

/** The lines of the table and where each of them is. */
export const selectGroupLines = createSelector(
  [selectHost, selectShownVerdicts, selectGroupsView],
  (host, shown, view) => {
    const items = host === undefined ? [] : groupItems(host, shown, view);
    const indexOfKey = Object.fromEntries(items.map((item, index) => [item.key, index]));
    const heads = items.filter((item) => item.type === 'head');
    const memberCount = heads.reduce((sum, head) => sum + head.memberCount, 0);
    return {
      items,
      indexOfKey,
      groupCount: heads.filter((head) => head.groupId !== NOT_COVERED).length,
      memberCount,
    };
  },
);

/** Whether an address shows with its domain, which takes a wider column. */
export const selectHasLongAddresses = createSelector(
  [selectHost, selectAddressForm],
  (host, form) =>
    form === 'long' || (host?.functionIds.some((id) => !id.startsWith('0000:')) ?? false),
);

/** One choice of a filter, with how many there are of it. */
export interface FilterOption<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly count: number;
}

export const selectKindOptions = createSelector(
  [selectHost],
  (host): readonly FilterOption<DeviceKind>[] => {
    const counts = countBy(functionsOf(host).map((fn) => fn.kind));
    return KIND_WORDS.map((value) => ({
      value,
      label: DEVICE_KINDS[value].word,
      count: counts.get(value) ?? 0,
    })).filter(({ count }) => count > 0);
  },
);

export const selectVerdictOptions = createSelector(
  [selectShownVerdicts],
  (shown): readonly FilterOption<ShownVerdict>[] => {
    const counts = countBy(Object.values(shown));
    return VERDICT_WORDS.map((value) => ({
      value,
      label: VERDICTS[value].word,
      count: counts.get(value) ?? 0,
    })).filter(({ count }) => count > 0);
  },
);

export const selectDriverOptions = createSelector(
  [selectHost],
  (host): readonly FilterOption<string>[] => {
    const counts = countBy(functionsOf(host).map((fn) => fn.driver ?? ''));
    return [...counts]
      .map(([value, count]) => ({ value, label: value === '' ? 'no driver' : value, count }))
      .sort((a, b) => a.label.localeCompare(b.label));
  },
);

function functionsOf(host: HostRecord | undefined) {
  return host?.functionIds.flatMap((id) => host.functions[id] ?? []) ?? [];
}

function countBy<T>(values: readonly T[]): ReadonlyMap<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
