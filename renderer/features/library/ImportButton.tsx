import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useRef } from 'react';
import { useAppDispatch } from '../../app/hooks.ts';
import { importFiles } from './import-thunks.ts';

/** Chooses files to keep; dropping them on the page does the same. */
export function ImportButton({ variant }: { variant: 'default' | 'filled' }) {
  const dispatch = useAppDispatch();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button
        variant={variant}
        leftSection={<IconFileImport size={15} stroke={1.7} aria-hidden />}
        onClick={() => input.current?.click()}
      >
        Import files
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label="Files to import"
        onChange={(event) => {
          void dispatch(importFiles([...(event.currentTarget.files ?? [])]));
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
