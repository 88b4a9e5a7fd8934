import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { AsIfOnBanner } from '../../components/AsIfOnBanner.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { GroupFilters } from './GroupFilters.tsx';
import { GroupTable } from './GroupTable.tsx';
import { selectGroupLines } from './groups-selectors.ts';
import { filtersCleared } from './groups-slice.ts';

/** All groups with their members. */
export function GroupsPage({ hostId }: { hostId: string }) {
  const search = useRef<HTMLInputElement>(null);
  const table = useRef<HTMLDivElement>(null);
  const host = useAppSelector((state) => selectHost(state, hostId));
  const isEmpty = useAppSelector((state) => selectGroupLines(state, hostId).items.length === 0);
  useSlashKey(search);
  return (
    <div className="groups-page">
      {host?.basis === 'as-if-on' ? <AsIfOnBanner state={host.iommu.state} /> : null}
      <GroupFilters hostId={hostId} searchRef={search} onLeave={() => table.current?.focus()} />
      {isEmpty ? <NoGroups hostId={hostId} /> : <GroupTable hostId={hostId} tableRef={table} />}
    </div>
  );
}

function NoGroups({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const hasGroups = useAppSelector(
    (state) => (selectHost(state, hostId)?.functionIds.length ?? 0) > 0,
  );
  if (!hasGroups) {
    return (
      <EmptyState
        title="No PCI functions"
        text="This reading shows no PCI function, so there is nothing to group."
      />
    );
  }
  return (
    <EmptyState title="No group matches" text="The search and the filters leave nothing over.">
      <Button variant="default" onClick={() => dispatch(filtersCleared(hostId))}>
        Clear filters
      </Button>
    </EmptyState>
  );
}

/** The slash moves the focus to the search, unless somebody is typing. */
function useSlashKey(search: { readonly current: HTMLInputElement | null }) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement | null;
      const isTyping = target?.closest('input, textarea, select, [contenteditable]') != null;
      if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      search.current?.focus();
      search.current?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [search]);
}
