import { Button } from '@mantine/core';
import { IconHourglass } from '@tabler/icons-react';
import type { ReceiptView } from '../../../shared/binding.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { Countdown } from './Countdown.tsx';
import { selectIsHelperBusy, selectReceipts, selectWaiting } from './receipts-selectors.ts';
import { confirmReceipt, undoReceipt } from './receipts-thunks.ts';
import { useReceipts } from './use-receipts.ts';

interface WaitingBannerProps {
  readonly hostId: string;
  /** Whether the page itself says it: then this only looks on. */
  readonly isQuiet: boolean;
}

/** Says on every page of a host that something is given back soon, with both ways to decide. */
export function WaitingBanner({ hostId, isQuiet }: WaitingBannerProps) {
  useReceipts(hostId);
  const dispatch = useAppDispatch();
  const told = useAppSelector((state) => selectReceipts(state, hostId));
  const receipt = useAppSelector((state) => selectWaiting(state, hostId));
  const isBusy = useAppSelector((state) => selectIsHelperBusy(state, hostId));
  if (isQuiet || receipt?.secondsLeft === undefined || told === undefined) return null;
  const { id, secondsLeft } = receipt;
  const canAct = told.list?.way.kind !== 'by-hand' && !isBusy;
  return (
    <section className="waiting-banner" aria-label="Waits for your confirmation">
      <IconHourglass size={18} stroke={1.7} aria-hidden />
      <p className="waiting-banner__text">
        <Countdown secondsLeft={secondsLeft} toldAtMs={told.toldAtMs} hostId={hostId} /> until{' '}
        <WhatGoes receipt={receipt} />. Keep it only if the host still works as you need it.
      </p>
      <div className="button-row">
        <Button disabled={!canAct} onClick={() => void dispatch(confirmReceipt(hostId, id))}>
          Keep it
        </Button>
        <Button
          variant="default"
          disabled={!canAct}
          onClick={() => void dispatch(undoReceipt(hostId, id))}
        >
          Give it back now
        </Button>
      </div>
    </section>
  );
}

function WhatGoes({ receipt }: { receipt: ReceiptView }) {
  const { functions } = receipt;
  if (functions.length === 0) {
    return <>{receipt.arguments.map(({ word }) => word).join(' and ')} is taken back</>;
  }
  return (
    <>
      {functions.map(({ bdf }, index) => (
        <span key={bdf}>
          {index === 0 ? '' : ', '}
          <Address value={bdf} />
        </span>
      ))}{' '}
      {functions.length === 1 ? 'is' : 'are'} given back
    </>
  );
}
