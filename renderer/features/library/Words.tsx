import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useState } from 'react';

interface WordsProps {
  readonly title: string;
  readonly words: readonly string[];
  /** What the field is called. */
  readonly field: string;
  /** What the button says. */
  readonly action: string;
  readonly onAdd: (word: string) => void;
  /** Left out where words cannot be taken away. */
  readonly onRemove?: (word: string) => void;
}

/** Words that are on an entry, and a field for one more. */
export function Words({ title, words, field, action, onAdd, onRemove }: WordsProps) {
  const [typed, setTyped] = useState('');
  return (
    <section className="entry-panel__section">
      <h3>{title}</h3>
      {words.length === 0 ? null : (
        <ul className="chip-list">
          {words.map((word) => (
            <li key={word} className="chip">
              {word}
              {onRemove === undefined ? null : (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  size={20}
                  aria-label={`Take the tag ${word} away`}
                  onClick={() => onRemove(word)}
                >
                  <IconX size={13} aria-hidden />
                </ActionIcon>
              )}
            </li>
          ))}
        </ul>
      )}
      <form
        className="path-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed.trim() === '') return;
          onAdd(typed.trim());
          setTyped('');
        }}
      >
        <TextInput
          className="path-form__field"
          aria-label={field}
          placeholder={field}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={typed.trim() === ''}>
          {action}
        </Button>
      </form>
    </section>
  );
}
