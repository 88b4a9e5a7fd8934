import { Button } from '@mantine/core';
import { useState } from 'react';
import type { LibraryEntry } from '../../../shared/library-entry.ts';
import { useAppDispatch } from '../../app/hooks.ts';
import { previewCopy } from '../export/export-thunks.ts';
import { exportEntry, openEntry, removeEntry } from './library-thunks.ts';

interface EntryActionsProps {
  readonly name: string;
  readonly entry: LibraryEntry;
}

/** What can be done with an entry; removing it is asked for twice. */
export function EntryActions({ name, entry }: EntryActionsProps) {
  const dispatch = useAppDispatch();
  const [isAsking, setAsking] = useState(false);
  if (isAsking) {
    return (
      <div className="entry-panel__confirm" role="group" aria-label="Confirm the removal">
        <p>
          {entry.kind === 'case'
            ? `Remove the case ${entry.name} with its notes? Its snapshots stay.`
            : `Remove ${entry.name} with its file, tags and notes? It cannot be brought back.`}
        </p>
        <div className="button-row">
          <Button color="red.9" onClick={() => void dispatch(removeEntry(name))}>
            {entry.kind === 'case' ? 'Remove the case' : 'Remove the snapshot'}
          </Button>
          <Button variant="default" autoFocus onClick={() => setAsking(false)}>
            Keep it
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div className="button-row">
      {entry.kind === 'case' ? null : (
        <Button onClick={() => void dispatch(openEntry(entry.id))}>Open as a host</Button>
      )}
      <Button variant="default" onClick={() => void dispatch(exportEntry(name))}>
        {entry.kind === 'case' ? 'Export the case' : 'Export the file'}
      </Button>
      {entry.kind === 'case' ? null : (
        <Button
          variant="default"
          onClick={() => void dispatch(previewCopy({ kind: 'kept', id: entry.id }, entry.title))}
        >
          Copy without names and serials
        </Button>
      )}
      <Button variant="default" onClick={() => setAsking(true)}>
        Remove
      </Button>
    </div>
  );
}
