import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { LibraryEntry } from '../../../shared/library-entry.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';

interface NotesProps {
  readonly notes: LibraryEntry['notes'];
  readonly onAdd: (text: string) => void;
}

/** What was noted, oldest first, and a field for one more. */
export function Notes({ notes, onAdd }: NotesProps) {
  const [typed, setTyped] = useState('');
  return (
    <section className="entry-panel__section">
      <h3>Notes</h3>
      {notes.length === 0 ? null : (
        <ul className="note-list">
          {notes.map(({ text, writtenAtMs }) => (
            <li key={`${writtenAtMs} ${text}`}>
              <p>{text}</p>
              <p className="dim">
                <RelativeTime atMs={writtenAtMs} />
              </p>
            </li>
          ))}
        </ul>
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === '') return;
          onAdd(typed.trim());
          setTyped('');
        }}
      >
        <Textarea
          size="xs"
          aria-label="Note to add"
          placeholder="What is worth knowing next time"
          rows={2}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" mt={8} disabled={typed.trim() === ''}>
          Add the note
        </Button>
      </form>
    </section>
  );
}
