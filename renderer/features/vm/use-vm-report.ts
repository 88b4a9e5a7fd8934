import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { selectVmDraft } from './vm-selectors.ts';
import { askForVm } from './vm-thunks.ts';

/** Long enough that typed words are one question. */
const SETTLE_MS = 200;

/** Keeps the configuration to the form, the target and the latest reading. */
export function useVmReport(hostId: string): void {
  const dispatch = useAppDispatch();
  const { form, target } = useAppSelector((state) => selectVmDraft(state, hostId));
  const reading = useAppSelector((state) => selectHost(state, hostId)?.reading);
  useEffect(() => {
    const timer = setTimeout(() => void dispatch(askForVm(hostId)), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [dispatch, hostId, form, target, reading]);
}
