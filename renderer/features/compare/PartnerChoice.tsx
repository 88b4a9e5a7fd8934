import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectOpenHosts } from '../hosts/hosts-selectors.ts';
import { hostLabel } from '../hosts/source-words.ts';
import { listLibrary } from '../library/library-thunks.ts';
import { compareWith, compareWithFile, compareWithSource } from './compare-thunks.ts';
import { selectCompare } from './compare-slice.ts';

/** Chooses an open host, something of the library, or a file; and which of the two is older. */
export function PartnerChoice({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const { otherId, isAfter } = useAppSelector((state) => selectCompare(state, hostId));
  return (
    <section className="compare__choice" aria-label="What to compare with">
      <PartnerSelect hostId={hostId} />
      <FileButton hostId={hostId} />
      <SegmentedControl
        aria-label="Which of the two comes first"
        size="xs"
        value={isAfter ? 'after' : 'before'}
        disabled={otherId === undefined}
        onChange={(value) => {
          if (otherId !== undefined) void dispatch(compareWith(hostId, otherId, value === 'after'));
        }}
        data={[
          { value: 'after', label: 'This host is after' },
          { value: 'before', label: 'This host is before' },
        ]}
      />
    </section>
  );
}

function PartnerSelect({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const { otherId, reading } = useAppSelector((state) => selectCompare(state, hostId));
  const hosts = useAppSelector(selectOpenHosts);
  const kept = useAppSelector((state) => state.library.list?.snapshots);
  useEffect(() => {
    void dispatch(listLibrary());
  }, [dispatch]);
  const choose = (value: string) => {
    if (value.startsWith('library:')) {
      void dispatch(compareWithSource(hostId, { kind: 'path', path: value }));
    } else if (value !== '') void dispatch(compareWith(hostId, value));
  };
  return (
    <NativeSelect
      className="compare__select"
      size="xs"
      label="Compare with"
      value={otherId ?? ''}
      disabled={reading !== undefined}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">{reading === undefined ? 'Choose' : `Reading ${reading}`}</option>
      <optgroup label="Open hosts">
        {hosts
          .filter((host) => host.hostId !== hostId)
          .map((host) => (
            <option key={host.hostId} value={host.hostId}>
              {hostLabel(host)}
            </option>
          ))}
      </optgroup>
      <optgroup label="Library, newest first">
        {(kept ?? []).slice(0, SHOWN).map(({ id, title, name, kernel }) => (
          <option key={id} value={`library:${id}`}>
            {[title, name === title ? undefined : name, kernel].filter(Boolean).join(', ')}
          </option>
        ))}
      </optgroup>
    </NativeSelect>
  );
}

/** A list of choices is no place for thousands: the library opens the others. */
const SHOWN = 200;

function FileButton({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button variant="default" onClick={() => input.current?.click()}>
        Choose a file
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File to compare with"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) void dispatch(compareWithFile(hostId, file));
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
