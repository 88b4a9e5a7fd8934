import { Button, Skeleton } from '@mantine/core';
import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureCard } from '../../components/FailureCard.tsx';
import { CaseList } from './CaseList.tsx';
import { EntryPanel } from './EntryPanel.tsx';
import { ImportButton } from './ImportButton.tsx';
import { ImportStatus } from './ImportStatus.tsx';
import { LibrarySearch } from './LibrarySearch.tsx';
import { SnapshotList } from './SnapshotList.tsx';
import { queryTyped } from './library-slice.ts';
import { listLibrary } from './library-thunks.ts';

/** What is kept: snapshots and cases, found again by what is in them. */
export function LibraryPage() {
  const dispatch = useAppDispatch();
  const query = useAppSelector((state) => state.library.query);
  const shown = useAppSelector((state) => state.library.shown);
  useEffect(() => {
    void dispatch(listLibrary());
  }, [dispatch, query]);
  return (
    <div className="library" data-shown={shown !== undefined}>
      <div className="library__main">
        <div className="library__head">
          <h1>Library</h1>
          <ImportButton variant="default" />
        </div>
        <ImportStatus />
        <LibraryContent />
      </div>
      {shown === undefined ? null : <EntryPanel key={shown.name} entry={shown} />}
    </div>
  );
}

function LibraryContent() {
  const dispatch = useAppDispatch();
  const { list, listFailure, query } = useAppSelector((state) => state.library);
  if (listFailure !== undefined) {
    return (
      <FailureCard title="Cannot use the library" failure={listFailure}>
        <Button onClick={() => void dispatch(listLibrary())}>Try again</Button>
      </FailureCard>
    );
  }
  if (list === undefined) {
    return (
      <div role="status" aria-label="Listing">
        {[0, 1, 2, 3].map((index) => (
          <Skeleton key={index} height={44} mb={8} />
        ))}
      </div>
    );
  }
  if (list.snapshots.length === 0 && query === '' && list.cases?.length === 0) {
    return (
      <EmptyState
        title="Nothing is kept yet"
        text="Import what customers and forums send: snapshots, sosreports, diagnostics, lspci texts. The files stay as they are, and are found again by device, board, kernel, driver or note."
      >
        <ImportButton variant="filled" />
      </EmptyState>
    );
  }
  return (
    <>
      <LibrarySearch />
      <CaseList cases={list.cases ?? []} />
      {list.snapshots.length === 0 ? (
        <EmptyState title="Nothing found" text="Each word narrows the search. Take one away.">
          <Button variant="default" onClick={() => dispatch(queryTyped(''))}>
            Clear the search
          </Button>
        </EmptyState>
      ) : (
        <SnapshotList list={list} />
      )}
    </>
  );
}
