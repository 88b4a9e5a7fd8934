import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { FailureCard } from '../../components/FailureCard.tsx';
import { tabChosen } from '../navigation/navigation-slice.ts';
import { ProblemCards } from './ProblemCards.tsx';
import { ReceiptCard } from './ReceiptCard.tsx';
import { RunResult } from './RunResult.tsx';
import { RECEIPT_STATES } from './receipt-states.ts';
import { selectIsHelperBusy, selectReceipts, selectRunOn } from './receipts-selectors.ts';
import { listReceipts, recoverHost } from './receipts-thunks.ts';

/** What was done on a host, and the way back from each. */
export function ReceiptsPage({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const told = useAppSelector((state) => selectReceipts(state, hostId));
  useEffect(() => void dispatch(listReceipts(hostId)), [dispatch, hostId]);
  const receipts = told?.list?.receipts ?? [];
  return (
    <div className="page-scroll" tabIndex={0} role="region" aria-label="Receipts">
      <div className="receipts">
        {told?.failure === undefined ? null : (
          <FailureCard title="Cannot list the receipts" failure={told.failure}>
            <Button onClick={() => void dispatch(listReceipts(hostId))}>List them again</Button>
          </FailureCard>
        )}
        <Recovery hostId={hostId} />
        <ProblemCards problems={told?.list?.problems ?? []} />
        {told?.list !== undefined && receipts.length === 0 ? (
          <EmptyState
            title="Nothing was done here yet"
            text="Each plan that is carried out on this host leaves a receipt: what it changed, and everything that is needed to take it back."
          >
            <Button onClick={() => dispatch(tabChosen('plans'))}>Make a plan</Button>
          </EmptyState>
        ) : null}
        <ul className="receipt-list">
          {receipts.map((receipt) => (
            <ReceiptCard key={receipt.id} hostId={hostId} receipt={receipt} />
          ))}
        </ul>
      </div>
    </div>
  );
}

/** Shown while a run is left that was ended in the middle. */
function Recovery({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const list = useAppSelector((state) => selectReceipts(state, hostId)?.list);
  const run = useAppSelector((state) => selectRunOn(state, hostId, undefined));
  const isBusy = useAppSelector((state) => selectIsHelperBusy(state, hostId));
  const unfinished = list?.receipts.filter(({ state }) => RECEIPT_STATES[state].isUnfinished);
  const isNeeded = unfinished !== undefined && unfinished.length > 0;
  const { way } = list ?? {};
  return (
    <>
      {isNeeded ? (
        <section className="recovery" aria-label="Recovery">
          <h2>A run was ended in the middle</h2>
          <p>
            Until that is given back, this host takes no other plan. Recovery undoes what was begun,
            last step first.
          </p>
          {way?.kind === 'by-hand' ? (
            <CommandLine command={`${way.command ?? ''} recover`} />
          ) : (
            <Button disabled={isBusy} onClick={() => void dispatch(recoverHost(hostId))}>
              Recover: give back what is unfinished
            </Button>
          )}
        </section>
      ) : null}
      {run === undefined ? null : <RunResult run={run} />}
    </>
  );
}
