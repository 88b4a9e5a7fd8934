import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { copyText } from './copy-text.ts';

interface CopyButtonProps {
  /** What the button says or, with `isIcon`, what it is called: `Copy the command`. */
  readonly label: string;
  /** The text, or how to get it; `undefined` means that it could not be got. */
  readonly text: string | (() => Promise<string | undefined>);
  readonly isIcon?: boolean;
  readonly variant?: 'default' | 'subtle';
}

type CopyState = 'idle' | 'copied' | 'failed';

const ICONS = { idle: IconCopy, copied: IconCheck, failed: IconX };
const WORDS: Readonly<Record<CopyState, string | undefined>> = {
  idle: undefined,
  copied: 'Copied',
  failed: 'Could not copy',
};

/** Copies text and says for two seconds whether that worked. */
export function CopyButton({ label, text, isIcon = false, variant = 'default' }: CopyButtonProps) {
  const [state, setState] = useState<CopyState>('idle');
  useEffect(() => {
    if (state === 'idle') return undefined;
    const timer = setTimeout(() => setState('idle'), 2_000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    const value = typeof text === 'string' ? text : await text();
    setState(value !== undefined && (await copyText(value)) ? 'copied' : 'failed');
  };
  const Icon = ICONS[state];
  const said = WORDS[state];
  if (isIcon) {
    return (
      <Tooltip label={said ?? label}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={said ?? label}
          onClick={() => void copy()}
        >
          <Icon size={15} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Tooltip>
    );
  }
  return (
    <Button
      variant={variant}
      leftSection={<Icon size={15} stroke={1.7} aria-hidden />}
      onClick={() => void copy()}
    >
      <span aria-live="polite">{said ?? label}</span>
    </Button>
  );
}
