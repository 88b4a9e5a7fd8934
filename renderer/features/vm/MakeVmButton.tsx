import { Button } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import { useAppDispatch } from '../../app/hooks.ts';
import { makeVmWith } from './vm-thunks.ts';

interface MakeVmButtonProps {
  readonly hostId: string;
  /** Functions of the host; of one card, the first stands for it. */
  readonly bdfs: readonly string[];
}

/** Goes from devices to the machine that gets them. */
export function MakeVmButton({ hostId, bdfs }: MakeVmButtonProps) {
  const dispatch = useAppDispatch();
  return (
    <Button
      variant="default"
      leftSection={<IconServer2 size={15} stroke={1.7} aria-hidden />}
      onClick={() => dispatch(makeVmWith(hostId, bdfs))}
    >
      Make a VM with {bdfs.length === 1 ? 'it' : 'them'}
    </Button>
  );
}
