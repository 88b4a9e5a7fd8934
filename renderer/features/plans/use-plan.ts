import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { selectDraft } from './plans-selectors.ts';
import { askForPlan } from './plans-thunks.ts';

/** Long enough that typed minutes are one question. */
const SETTLE_MS = 120;

/**
 * Keeps the plan to what is wished and to the latest reading, until it is carried out: from then on
 * the reading is that of another state.
 */
export function usePlan(hostId: string): void {
  const dispatch = useAppDispatch();
  const draft = useAppSelector((state) => selectDraft(state, hostId));
  const reading = useAppSelector((state) => selectHost(state, hostId)?.reading);
  const { step, jobId, addresses, overrides, time, timerMinutes, initramfs, loader } = draft;
  const words = draft.arguments;
  const isOpen =
    step !== 'confirm' && step !== 'choose' && (step !== 'apply' || jobId === undefined);
  useEffect(() => {
    if (!isOpen) return undefined;
    const timer = setTimeout(() => void dispatch(askForPlan(hostId)), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [
    dispatch,
    hostId,
    reading,
    isOpen,
    addresses,
    overrides,
    time,
    timerMinutes,
    initramfs,
    loader,
    words,
  ]);
}
