import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectConnection } from './connection-selectors.ts';
import { reconnect } from './connection-thunks.ts';

/** Says calmly that the backend is away; what was read stays on show. */
export function ConnectionBanner() {
  const state = useAppSelector(selectConnection);
  const dispatch = useAppDispatch();
  if (state !== 'lost') return null;
  return (
    <div className="connection-banner" role="status">
      <IconPlugConnectedX size={16} stroke={1.7} aria-hidden />
      <span>
        Connection to Airlock lost. What you see was read before; Airlock tries again by itself.
      </span>
      <Button variant="default" onClick={() => dispatch(reconnect())}>
        Connect now
      </Button>
    </div>
  );
}
