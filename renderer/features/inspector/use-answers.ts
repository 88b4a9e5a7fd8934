import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { selectCheck, selectExplanation } from './inspector-selectors.ts';
import { checkFunctions, checkKey, explainFunction } from './inspector-thunks.ts';

/** Long enough that a held arrow key asks nothing, short enough not to be felt. */
const SETTLE_MS = 90;

/**
 * Asks why a function is where it is and what moving the asked functions means, once the selection
 * rests, and again after a new reading.
 */
export function useAnswers(hostId: string, bdf: string | undefined, asked: readonly string[]) {
  const dispatch = useAppDispatch();
  const reading = useAppSelector((state) => selectHost(state, hostId)?.reading);
  const key = checkKey(asked);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (bdf !== undefined) void dispatch(explainFunction(hostId, bdf));
      void dispatch(checkFunctions(hostId, key === '' ? [] : key.split(' ')));
    }, SETTLE_MS);
    return () => clearTimeout(timer);
  }, [dispatch, hostId, bdf, key, reading]);
  return {
    explanation: useAppSelector((state) => selectExplanation(state, hostId, bdf ?? '')),
    check: useAppSelector((state) => selectCheck(state, hostId, key)),
  };
}
