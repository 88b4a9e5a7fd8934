import { ActionIcon, Button, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { IconArrowsVertical, IconFold, IconSearch } from '@tabler/icons-react';
import type { KeyboardEvent, RefObject } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { counted } from '../../components/counted.ts';
import { FilterMenu } from './FilterMenu.tsx';
import {
  selectDriverOptions,
  selectGroupLines,
  selectGroupsView,
  selectKindOptions,
  selectVerdictOptions,
} from './groups-selectors.ts';
import { filtersCleared, groupsFolded, viewChanged } from './groups-slice.ts';
import type { GroupSort, GroupsView } from './groups-slice.ts';

const SORTS: readonly { readonly value: GroupSort; readonly label: string }[] = [
  { value: 'number', label: 'Sort: group number' },
  { value: 'verdict', label: 'Sort: verdict' },
  { value: 'size', label: 'Sort: most members' },
  { value: 'name', label: 'Sort: name' },
];

interface GroupFiltersProps {
  readonly hostId: string;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  /** Called when the reader leaves the search for the table. */
  readonly onLeave: () => void;
}

/** Search, filters and order of the table. */
export function GroupFilters({ hostId, searchRef, onLeave }: GroupFiltersProps) {
  const dispatch = useAppDispatch();
  const view = useAppSelector((state) => selectGroupsView(state, hostId));
  const change = (part: Partial<Omit<GroupsView, 'folded'>>) =>
    dispatch(viewChanged({ hostId, change: part }));
  const leaveOnKey = (event: KeyboardEvent) => {
    if (event.key === 'Escape' && view.search !== '') change({ search: '' });
    else if (event.key === 'Escape' || event.key === 'ArrowDown') onLeave();
    else return;
    event.preventDefault();
  };
  return (
    <div className="group-filters">
      <TextInput
        ref={searchRef}
        className="group-filters__search"
        aria-label="Search by name, id, address or driver"
        placeholder="Name, id, address, driver"
        leftSection={<IconSearch size={15} stroke={1.7} aria-hidden />}
        rightSection={<kbd className="key">/</kbd>}
        value={view.search}
        onChange={(event) => change({ search: event.currentTarget.value })}
        onKeyDown={leaveOnKey}
        spellCheck={false}
      />
      <FilterMenu
        label="Verdict"
        options={useAppSelector((state) => selectVerdictOptions(state, hostId))}
        chosen={view.verdicts}
        onChange={(verdicts) => change({ verdicts })}
      />
      <FilterMenu
        label="Kind"
        options={useAppSelector((state) => selectKindOptions(state, hostId))}
        chosen={view.kinds}
        onChange={(kinds) => change({ kinds })}
      />
      <FilterMenu
        label="Driver"
        options={useAppSelector((state) => selectDriverOptions(state, hostId))}
        chosen={view.drivers}
        onChange={(drivers) => change({ drivers })}
      />
      <NativeSelect
        size="xs"
        aria-label="Order of the groups"
        value={view.sort}
        data={[...SORTS]}
        onChange={(event) =>
          change({
            sort: SORTS.find(({ value }) => value === event.currentTarget.value)?.value ?? 'number',
          })
        }
      />
      <FoldAll hostId={hostId} />
      <ShownCount hostId={hostId} />
    </div>
  );
}

/** Folds all groups into their heads, or unfolds them. */
function FoldAll({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const { items } = useAppSelector((state) => selectGroupLines(state, hostId));
  const heads = items.filter((item) => item.type === 'head');
  const isFolded = heads.length > 0 && heads.every((head) => head.isFolded);
  const label = isFolded ? 'Unfold all groups' : 'Fold all groups';
  const Icon = isFolded ? IconArrowsVertical : IconFold;
  const toggle = () => {
    const groupIds = heads.map((head) => head.groupId);
    dispatch(groupsFolded({ hostId, groupIds, isFolded: !isFolded }));
  };
  return (
    <Tooltip label={label}>
      <ActionIcon variant="default" size={30} aria-label={label} onClick={toggle}>
        <Icon size={15} stroke={1.7} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

function ShownCount({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const view = useAppSelector((state) => selectGroupsView(state, hostId));
  const { groupCount, memberCount } = useAppSelector((state) => selectGroupLines(state, hostId));
  const filters = view.kinds.length + view.verdicts.length + view.drivers.length;
  const isFiltered = filters > 0 || view.search !== '';
  return (
    <p className="group-filters__count" role="status">
      {counted(groupCount, 'group')}, {counted(memberCount, 'member')}
      {isFiltered ? (
        <Button variant="subtle" onClick={() => dispatch(filtersCleared(hostId))}>
          Clear filters
        </Button>
      ) : null}
    </p>
  );
}
