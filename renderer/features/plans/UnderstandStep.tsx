import { Skeleton } from '@mantine/core';
import { useEffect } from 'react';
import type { PlanReason } from '../../../shared/plan.ts';
import type { CheckView } from '../../../shared/view.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { MovingLines } from '../../components/MovingLines.tsx';
import { DriverLine } from '../../components/DriverLine.tsx';
import { FailureCard } from '../../components/FailureCard.tsx';
import { FindingList } from '../../components/FindingList.tsx';
import { VerdictBadge } from '../../components/VerdictBadge.tsx';
import { counted } from '../../components/counted.ts';
import { VERDICTS } from '../../components/verdicts.ts';
import { selectHost } from '../hosts/hosts-selectors.ts';
import { selectCheck } from '../inspector/inspector-selectors.ts';
import { checkFunctions, checkKey } from '../inspector/inspector-thunks.ts';
import { RefusalList } from './RefusalList.tsx';
import { selectDraft } from './plans-selectors.ts';

/** What a move means: the group, what moves and stays, what the host loses, what forbids it. */
export function UnderstandStep({ hostId }: { hostId: string }) {
  const draft = useAppSelector((state) => selectDraft(state, hostId));
  const check = useCheck(hostId, draft.addresses);
  const { answer, failure } = draft;
  const reasons = answer?.kind === 'refused' ? answer.refusal.reasons : [];
  return (
    <>
      {failure === undefined ? null : (
        <FailureCard title="No plan could be made" failure={failure} />
      )}
      {check?.failure === undefined ? null : (
        <FailureCard title="Cannot check the move" failure={check.failure} />
      )}
      {check?.value === undefined ? (
        <Skeleton height={120} />
      ) : (
        <CheckBody hostId={hostId} check={check.value} reasons={reasons} />
      )}
    </>
  );
}

function useCheck(hostId: string, addresses: readonly string[]) {
  const dispatch = useAppDispatch();
  const reading = useAppSelector((state) => selectHost(state, hostId)?.reading);
  const key = checkKey(addresses);
  useEffect(() => {
    if (key !== '') void dispatch(checkFunctions(hostId, key.split(' ')));
  }, [dispatch, hostId, key, reading]);
  return useAppSelector((state) => selectCheck(state, hostId, key));
}

interface CheckBodyProps {
  readonly hostId: string;
  readonly check: CheckView;
  readonly reasons: readonly PlanReason[];
}

function CheckBody({ hostId, check, reasons }: CheckBodyProps) {
  const { verdict, sentence, groupIds } = check;
  // A stop that stands against the plan is said once, where it can be answered.
  const said = new Set(reasons.map(({ code }) => code));
  const findings = check.findings.filter(
    ({ severity, code }) => severity !== 'stop' || !said.has(code),
  );
  return (
    <>
      <section className={`verdict-block tone-${VERDICTS[verdict].tone}`} aria-label="Verdict">
        <div className="verdict-block__head">
          <VerdictBadge verdict={verdict} />
          <span className="dim">
            {groupIds.length === 0
              ? 'in no group'
              : `${groupIds.length === 1 ? 'group' : 'groups'} ${groupIds.join(', ')}`}
          </span>
        </div>
        <p className="verdict-block__sentence">{sentence}</p>
      </section>
      <RefusalList hostId={hostId} reasons={reasons} />
      <Members hostId={hostId} check={check} />
      <section>
        <h3 className="wizard__subtitle">What this host loses, and what else was found</h3>
        {findings.length === 0 ? (
          <p className="dim">
            {reasons.length === 0 ? 'Nothing was found.' : 'Nothing besides what stands above.'}
          </p>
        ) : (
          <FindingList findings={findings} />
        )}
      </section>
    </>
  );
}

function Members({ hostId, check }: Omit<CheckBodyProps, 'reasons'>) {
  const { moves, stays } = check;
  return (
    <div className="wizard__columns">
      <section>
        <h3 className="wizard__subtitle">
          Moves <span className="dim">{counted(moves.length, 'function')}</span>
        </h3>
        <MovingLines hostId={hostId} moves={moves} />
      </section>
      <section>
        <h3 className="wizard__subtitle">Stays</h3>
        {stays.length === 0 ? <p className="dim">Nothing: the whole group moves.</p> : null}
        <ul className="driver-lines">
          {stays.map(({ member, driver, reason }) => (
            <DriverLine
              key={member}
              hostId={hostId}
              member={member}
              driver={driver}
              text={reason}
            />
          ))}
        </ul>
      </section>
    </div>
  );
}
