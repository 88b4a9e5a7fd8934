import { Button, type ButtonProps } from '@mantine/core';
import { useRef } from 'react';

interface FilesButtonProps extends ButtonProps {
  /** What the files are for, for screen readers. */
  readonly label: string;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Opens the browser's dialog for any number of files; choosing the same ones again counts. */
export function FilesButton({ label, onFiles, ...button }: FilesButtonProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button {...button} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={label}
        onChange={(event) => {
          const files = [...(event.currentTarget.files ?? [])];
          if (files.length > 0) onFiles(files);
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
