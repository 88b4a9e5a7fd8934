import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useRef } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { queryTyped } from './library-slice.ts';

/** What a search can ask, beside any word. */
const FIELDS = ['driver:', 'kernel:', 'board:', 'name:', 'finding:', 'tag:', 'case:'] as const;

/** One field for everything: words narrow, and some begin with what they are about. */
export function LibrarySearch() {
  const dispatch = useAppDispatch();
  const query = useAppSelector((state) => state.library.query);
  const input = useRef<HTMLInputElement>(null);
  const add = (field: string) => {
    dispatch(queryTyped(query === '' ? field : `${query.trimEnd()} ${field}`));
    input.current?.focus();
  };
  return (
    <search className="library__search">
      <TextInput
        ref={input}
        aria-label="Search the library"
        placeholder="10de:2206, a device, a board, a note"
        leftSection={<IconSearch size={15} stroke={1.7} aria-hidden />}
        value={query}
        onChange={(event) => dispatch(queryTyped(event.currentTarget.value))}
        spellCheck={false}
      />
      <p className="library__fields">
        <span className="dim">Narrow by</span>
        {FIELDS.map((field) => (
          <button key={field} type="button" className="link-button" onClick={() => add(field)}>
            {field.slice(0, -1)}
          </button>
        ))}
      </p>
    </search>
  );
}
