import { Button } from '@mantine/core';
import { IconAlertOctagon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { PlanReason } from '../../../shared/plan.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { counted } from '../../components/counted.ts';
import { TypedAddress } from '../../components/TypedAddress.tsx';
import { BootChoice } from './BootChoice.tsx';
import { selectDraft } from './plans-selectors.ts';
import { wishChanged } from './plans-slice.ts';
import { planForArgument } from './plans-thunks.ts';

interface RefusalListProps {
  readonly hostId: string;
  readonly reasons: readonly PlanReason[];
}

/** Why there is no plan, each reason with what takes it away, where something does. */
export function RefusalList({ hostId, reasons }: RefusalListProps) {
  if (reasons.length === 0) return null;
  const unknown = reasons.filter(({ code }) => code === 'unknown-fact');
  const settled = reasons.filter(({ code }) => code !== 'unknown-fact');
  return (
    <section className="refusals" aria-label="What stands against it">
      <h3 className="wizard__subtitle">What stands against it</h3>
      <ul className="problem-cards">
        {settled.map((reason) => (
          <ReasonCard key={`${reason.code} ${reason.text}`} copied={[reason]}>
            <p>{reason.text}</p>
            <Remedy hostId={hostId} reason={reason} />
          </ReasonCard>
        ))}
        {unknown.length === 0 ? null : <UnknownFacts reasons={unknown} />}
      </ul>
    </section>
  );
}

/** One card for all of them: what takes one away takes all away. */
function UnknownFacts({ reasons }: { reasons: readonly PlanReason[] }) {
  return (
    <ReasonCard copied={reasons}>
      {reasons.length === 1 ? null : <p>{counted(reasons.length, 'fact')} could not be read:</p>}
      <ul className="plan-notes">
        {reasons.map(({ text }) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p className="dim">Read the host as root, or take a new snapshot there with the collector.</p>
    </ReasonCard>
  );
}

interface ReasonCardProps {
  readonly copied: readonly PlanReason[];
  readonly children: ReactNode;
}

function ReasonCard({ copied, children }: ReasonCardProps) {
  const text = copied.map((reason) => `${reason.code}: ${reason.text}\n`).join('');
  return (
    <li className="problem-card">
      <IconAlertOctagon size={18} stroke={1.7} aria-hidden />
      <div className="problem-card__body">{children}</div>
      <CopyButton
        isIcon
        label={copied.length === 1 ? 'Copy the reason' : 'Copy the reasons'}
        text={text}
      />
    </li>
  );
}

function Remedy({ hostId, reason }: { hostId: string; reason: PlanReason }) {
  const dispatch = useAppDispatch();
  const { overrides } = useAppSelector((state) => selectDraft(state, hostId));
  const { code, overridable, choices, argument } = reason;
  if (choices !== undefined) return <BootChoice hostId={hostId} code={code} choices={choices} />;
  if (argument !== undefined) {
    return (
      <>
        <CommandLine command={argument} isOption />
        <Button
          variant="default"
          size="xs"
          onClick={() => dispatch(planForArgument(hostId, argument))}
        >
          Plan {argument} alone first
        </Button>
      </>
    );
  }
  if (overridable === undefined) {
    return <p className="dim">Nothing that can be typed here takes this away.</p>;
  }
  return overridable.map((address) => (
    <TypedAddress
      key={address}
      address={address}
      action="Take it all the same"
      onTyped={() =>
        dispatch(wishChanged({ hostId, change: { overrides: [...overrides, address] } }))
      }
    />
  ));
}
