import { IconFileImport } from '@tabler/icons-react';
import { useAppDispatch } from '../../app/hooks.ts';
import { FilesButton } from '../../components/FilesButton.tsx';
import { importFiles } from './import-thunks.ts';

/** Chooses files to keep; dropping them on the page does the same. */
export function ImportButton({ variant }: { variant: 'default' | 'filled' }) {
  const dispatch = useAppDispatch();
  return (
    <FilesButton
      variant={variant}
      leftSection={<IconFileImport size={15} stroke={1.7} aria-hidden />}
      label="Files to import"
      onFiles={(files) => void dispatch(importFiles(files))}
    >
      Import files
    </FilesButton>
  );
}
