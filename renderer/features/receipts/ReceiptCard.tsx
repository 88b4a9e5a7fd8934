import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ReceiptView } from '../../../shared/binding.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { selectAddressForm } from '../settings/settings-selectors.ts';
import { MakeVmButton } from '../vm/MakeVmButton.tsx';
import { Countdown } from './Countdown.tsx';
import { ReceiptArguments } from './ReceiptArguments.tsx';
import { ReceiptFunctions } from './ReceiptFunctions.tsx';
import { RunResult } from './RunResult.tsx';
import { RECEIPT_STATES } from './receipt-states.ts';
import { receiptObject } from './receipt-object.ts';
import {
  isRunning,
  selectIsHelperBusy,
  selectReceipts,
  selectRunOn,
} from './receipts-selectors.ts';
import { confirmReceipt, undoReceipt } from './receipts-thunks.ts';

interface ReceiptCardProps {
  readonly hostId: string;
  readonly receipt: ReceiptView;
}

/** One plan that was carried out: how it stands, what it holds, and what can be done about it. */
export function ReceiptCard({ hostId, receipt }: ReceiptCardProps) {
  const toldAtMs = useAppSelector((state) => selectReceipts(state, hostId)?.toldAtMs) ?? 0;
  const run = useAppSelector((state) => selectRunOn(state, hostId, receipt.id));
  const { id, state, secondsLeft, begunAtMs, changedAtMs } = receipt;
  const look = RECEIPT_STATES[state];
  return (
    <li className="receipt" aria-label={`Receipt ${id}`}>
      <div className="receipt__head">
        <span className={`state-badge tone-${look.tone}`}>{look.word}</span>
        <code className="receipt__id">{id}</code>
        {begunAtMs === undefined ? null : (
          <span className="dim">
            begun <RelativeTime atMs={begunAtMs} />
            {changedAtMs === undefined ? null : (
              <>
                , last changed <RelativeTime atMs={changedAtMs} />
              </>
            )}
          </span>
        )}
      </div>
      <p>
        {look.means}
        {secondsLeft === undefined ? null : (
          <>
            {' '}
            Time that is left until it is given back:{' '}
            <Countdown secondsLeft={secondsLeft} toldAtMs={toldAtMs} hostId={hostId} />.
          </>
        )}
        {bootWords(receipt)}
      </p>
      <ReceiptFunctions hostId={hostId} functions={receipt.functions} />
      <ReceiptArguments words={receipt.arguments} />
      <ReceiptActions hostId={hostId} receipt={receipt} />
      {run === undefined ? null : <RunResult run={run} />}
    </li>
  );
}

function bootWords({ when, waitsForBoot }: ReceiptView): string {
  if (waitsForBoot) return ' What it changes comes with the next boot.';
  return when.includes('boot') ? ' It changes what every boot does.' : '';
}

function ReceiptActions({ hostId, receipt }: ReceiptCardProps) {
  const dispatch = useAppDispatch();
  const [isAsking, setAsking] = useState(false);
  const form = useAppSelector(selectAddressForm);
  const way = useAppSelector((state) => selectReceipts(state, hostId)?.list?.way);
  const isBusy = useAppSelector((state) => selectIsHelperBusy(state, hostId));
  const isRun = useAppSelector((state) => isRunning(selectRunOn(state, hostId, receipt.id)));
  const { id, canConfirm } = receipt;
  const { canUndo } = RECEIPT_STATES[receipt.state];
  const names = receiptObject(receipt, form);
  const bdfs = receipt.functions.map(({ bdf }) => bdf);
  const leave = () => setAsking(false);
  const undo = () => {
    setAsking(false);
    void dispatch(undoReceipt(hostId, id));
  };
  if (!canConfirm && !canUndo) return null;
  if (way?.kind === 'by-hand') {
    return <LinesByHand command={way.command ?? ''} receipt={receipt} />;
  }
  if (isAsking) {
    return <AskToUndo receipt={receipt} names={names} onUndo={undo} onLeave={leave} />;
  }
  return (
    <div className="button-row">
      {canConfirm ? (
        <Button disabled={isBusy} onClick={() => void dispatch(confirmReceipt(hostId, id))}>
          Keep {names}
        </Button>
      ) : null}
      {canUndo ? (
        <Button variant="default" disabled={isBusy} onClick={() => setAsking(true)}>
          Undo
        </Button>
      ) : null}
      {canUndo && bdfs.length > 0 ? <MakeVmButton hostId={hostId} bdfs={bdfs} /> : null}
      {isRun ? (
        <span className="dim" role="status">
          The helper works
        </span>
      ) : null}
    </div>
  );
}

/** For a person in a terminal, where Airlock has no rights. */
function LinesByHand({ command, receipt }: { command: string; receipt: ReceiptView }) {
  const { id, state, canConfirm } = receipt;
  const verbs = [
    ...(canConfirm ? ['confirm'] : []),
    ...(RECEIPT_STATES[state].canUndo ? ['undo'] : []),
  ];
  return (
    <div className="receipt__lines">
      <p className="dim">Airlock has no administrator rights here. In a terminal:</p>
      {verbs.map((verb) => (
        <CommandLine key={verb} command={`${command} ${verb} ${id}`} />
      ))}
    </div>
  );
}

interface AskToUndoProps {
  readonly receipt: ReceiptView;
  readonly names: string;
  readonly onUndo: () => void;
  readonly onLeave: () => void;
}

function AskToUndo({ receipt, names, onUndo, onLeave }: AskToUndoProps) {
  return (
    <div className="receipt__ask" role="group" aria-label={`Undo ${receipt.id}`}>
      <p>{undoWords(receipt, names)}</p>
      <div className="button-row">
        <Button color="red.9" autoFocus onClick={onUndo}>
          {receipt.functions.length === 0 ? 'Take back' : 'Give back'} {names}
        </Button>
        <Button variant="default" onClick={onLeave}>
          Leave it as it is
        </Button>
      </div>
    </div>
  );
}

function undoWords({ functions }: ReceiptView, names: string): string {
  if (functions.length === 0) {
    return `Files become what they were; the kernel is started without ${names} from the next boot on.`;
  }
  const [go, it] = functions.length === 1 ? ['goes', 'it'] : ['go', 'them'];
  return `${names} ${go} back to what had ${it} before, files to what they were. End a VM that uses ${it} first.`;
}
