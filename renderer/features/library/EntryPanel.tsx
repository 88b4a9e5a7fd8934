import { ActionIcon, Button, Skeleton } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { LibraryEntry } from '../../../shared/library-entry.ts';
import { useAppDispatch } from '../../app/hooks.ts';
import { FailureCard } from '../../components/FailureCard.tsx';
import { EntryActions } from './EntryActions.tsx';
import { EntryFacts } from './EntryFacts.tsx';
import { Notes } from './Notes.tsx';
import { Words } from './Words.tsx';
import { entryChosen, type ShownEntry } from './library-slice.ts';
import { changeEntry, showEntry } from './library-thunks.ts';

/** One snapshot or case: what it is, what was noted, what can be done with it. */
export function EntryPanel({ entry }: { entry: ShownEntry }) {
  const dispatch = useAppDispatch();
  const { name, value, failure, said } = entry;
  return (
    <aside className="entry-panel" aria-label="Chosen entry">
      <div className="entry-panel__head">
        <h2>{value === undefined ? 'Entry' : titleOf(value)}</h2>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Close the entry"
          onClick={() => dispatch(entryChosen(undefined))}
        >
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
      {failure === undefined ? null : (
        <FailureCard title="That did not work" failure={failure}>
          <Button variant="default" onClick={() => void dispatch(showEntry(name))}>
            Look again
          </Button>
        </FailureCard>
      )}
      <p className="dim" role="status">
        {said}
      </p>
      {value === undefined ? null : <EntryBody name={name} entry={value} />}
      {value === undefined && failure === undefined ? <Skeleton height={160} /> : null}
    </aside>
  );
}

function EntryBody({ name, entry }: { name: string; entry: LibraryEntry }) {
  const dispatch = useAppDispatch();
  return (
    <>
      <EntryActions name={name} entry={entry} />
      <EntryFacts entry={entry} />
      <Words
        title="Tags"
        words={entry.tags}
        field="Tag to add"
        action="Add"
        onAdd={(tag) => void dispatch(changeEntry(name, { kind: 'add-tag', tag }))}
        onRemove={(tag) => void dispatch(changeEntry(name, { kind: 'remove-tag', tag }))}
      />
      {entry.kind === 'case' ? null : (
        <Words
          title="Cases"
          words={entry.cases}
          field="Case to put it into"
          action="Put into"
          onAdd={(word) => void dispatch(changeEntry(name, { kind: 'put-into-case', case: word }))}
        />
      )}
      <Notes
        notes={entry.notes}
        onAdd={(text) => void dispatch(changeEntry(name, { kind: 'add-note', text }))}
      />
    </>
  );
}

function titleOf(entry: LibraryEntry): string {
  return entry.kind === 'case' ? `Case ${entry.name}` : entry.title;
}
