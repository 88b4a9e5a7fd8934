import { Skeleton } from '@mantine/core';
import type { CheckView } from '../../../shared/view.ts';
import { FailureCard } from '../../components/FailureCard.tsx';
import { MovingLines } from '../../components/MovingLines.tsx';
import { DriverLine } from '../../components/DriverLine.tsx';
import { ViabilityBox } from './ViabilityBox.tsx';
import type { Answer } from './inspector-slice.ts';

interface CheckSectionProps {
  readonly hostId: string;
  readonly answer: Answer<CheckView> | undefined;
}

/** What a move to a VM would mean: what moves, what stays and why, whether VFIO accepts it. */
export function CheckSection({ hostId, answer }: CheckSectionProps) {
  return (
    <section className="panel">
      <h3 className="panel-title">If it moves to a virtual machine</h3>
      {answer === undefined ? <Skeleton height={60} mt={6} /> : null}
      {answer?.failure === undefined ? null : (
        <FailureCard title="Cannot check the move" failure={answer.failure} />
      )}
      {answer?.value === undefined ? null : <CheckBody hostId={hostId} check={answer.value} />}
    </section>
  );
}

function CheckBody({ hostId, check }: { hostId: string; check: CheckView }) {
  return (
    <>
      <h4 className="panel-subtitle">Moves</h4>
      <MovingLines hostId={hostId} moves={check.moves} />
      {check.stays.length === 0 ? null : (
        <>
          <h4 className="panel-subtitle">Stays</h4>
          <ul className="driver-lines">
            {check.stays.map(({ member, driver, reason }) => (
              <DriverLine
                key={member}
                hostId={hostId}
                member={member}
                driver={driver}
                text={reason}
              />
            ))}
          </ul>
        </>
      )}
      {check.viability.map((viability, index) => (
        <ViabilityBox key={index} viability={viability} />
      ))}
    </>
  );
}
