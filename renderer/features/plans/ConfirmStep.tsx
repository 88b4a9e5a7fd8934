import { Button } from '@mantine/core';
import type { ReceiptView } from '../../../shared/binding.ts';
import type { Plan } from '../../../shared/plan.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { tabChosen } from '../navigation/navigation-slice.ts';
import { Countdown } from '../receipts/Countdown.tsx';
import { RunResult } from '../receipts/RunResult.tsx';
import { ReceiptArguments } from '../receipts/ReceiptArguments.tsx';
import { ReceiptFunctions } from '../receipts/ReceiptFunctions.tsx';
import {
  selectIsHelperBusy,
  selectReceipt,
  selectReceipts,
  selectRunOn,
} from '../receipts/receipts-selectors.ts';
import { confirmReceipt, undoReceipt } from '../receipts/receipts-thunks.ts';
import { MakeVmButton } from '../vm/MakeVmButton.tsx';
import { selectDraft, selectPlan } from './plans-selectors.ts';
import { planStarted } from './plans-slice.ts';

/** What was bound waits for the person, or for its timer. */
export function ConfirmStep({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const { receipt: id } = useAppSelector((state) => selectDraft(state, hostId));
  const plan = useAppSelector((state) => selectPlan(state, hostId));
  const receipt = useAppSelector((state) => selectReceipt(state, hostId, id));
  const toldAtMs = useAppSelector((state) => selectReceipts(state, hostId)?.toldAtMs) ?? 0;
  const run = useAppSelector((state) => selectRunOn(state, hostId, id));
  const isBusy = useAppSelector((state) => selectIsHelperBusy(state, hostId));
  if (receipt === undefined || plan === undefined || id === undefined) return null;
  const { secondsLeft, canConfirm, state } = receipt;
  const holds = state === 'applied' || state === 'kept' || state === 'confirmed';
  return (
    <section className="confirm-panel" data-waits={canConfirm}>
      {secondsLeft === undefined ? null : (
        <p className="confirm-panel__time">
          <Countdown secondsLeft={secondsLeft} toldAtMs={toldAtMs} hostId={hostId} />
          <span className="dim">until everything is given back by itself</span>
        </p>
      )}
      <p className="confirm-panel__text">{stateWords(receipt, plan)}</p>
      <ReceiptFunctions hostId={hostId} functions={receipt.functions} />
      <ReceiptArguments words={receipt.arguments} />
      {run === undefined ? null : <RunResult run={run} />}
      <div className="button-row">
        {canConfirm ? (
          <Button disabled={isBusy} onClick={() => void dispatch(confirmReceipt(hostId, id))}>
            Keep it
          </Button>
        ) : null}
        {holds ? (
          <Button
            variant="default"
            disabled={isBusy}
            onClick={() => void dispatch(undoReceipt(hostId, id))}
          >
            Give it back now
          </Button>
        ) : null}
        {canConfirm ? null : (
          <Button
            variant="default"
            onClick={() => dispatch(planStarted({ hostId, addresses: [] }))}
          >
            Make another plan
          </Button>
        )}
        {holds ? (
          <MakeVmButton hostId={hostId} bdfs={receipt.functions.map(({ bdf }) => bdf)} />
        ) : null}
        <Button variant="subtle" onClick={() => dispatch(tabChosen('receipts'))}>
          Show its receipt
        </Button>
      </div>
    </section>
  );
}

function stateWords({ state, canConfirm }: ReceiptView, { when, groups }: Plan): string {
  const nodes = groups.map(({ id }) => `/dev/vfio/${id}`).join(' and ');
  const use = groups.length === 0 ? '' : ` A VM can use ${nodes}.`;
  switch (state) {
    case 'applied':
      if (canConfirm)
        return 'Everything was bound. Look around: if this host works as you need it, keep it.';
      return when.includes('boot')
        ? 'Everything was written. Restart the host, then confirm here, on the command line or with the helper.'
        : `Everything was bound, and no timer runs.${use}`;
    case 'kept':
      return 'Kept. After the next boot it waits to be confirmed once more.';
    case 'confirmed':
      return when.includes('boot')
        ? `Confirmed: it stays.${use}`
        : `Confirmed: it stays until the next boot.${use}`;
    case 'undone':
      return 'Everything was given back: drivers and files are as they were before.';
    case 'applying':
    case 'undoing':
      return 'The helper is at work.';
    case 'stuck':
      return 'Not everything could be given back yet. Receipts shows what stands in the way.';
    case 'damaged':
      return 'The receipt cannot be read.';
  }
}
