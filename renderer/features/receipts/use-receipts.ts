import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectReceipts, selectIsMoving } from './receipts-selectors.ts';
import { listReceipts } from './receipts-thunks.ts';

/** While a timer runs, its end or somebody's confirmation elsewhere has to be seen. */
const WATCH_MS = 4_000;
/** Each look is a connection of its own. */
const WATCH_OVER_SSH_MS = 30_000;

/** Lists the receipts of a host, and looks again and again while one changes by itself. */
export function useReceipts(hostId: string) {
  const dispatch = useAppDispatch();
  const told = useAppSelector((state) => selectReceipts(state, hostId));
  const isMoving = useAppSelector((state) => selectIsMoving(state, hostId));
  const isFar = told?.list?.way.kind === 'over-ssh';
  useEffect(() => void dispatch(listReceipts(hostId)), [dispatch, hostId]);
  useEffect(() => {
    if (!isMoving) return undefined;
    const period = isFar ? WATCH_OVER_SSH_MS : WATCH_MS;
    const timer = setInterval(() => void dispatch(listReceipts(hostId)), period);
    return () => clearInterval(timer);
  }, [dispatch, hostId, isMoving, isFar]);
  return told;
}
