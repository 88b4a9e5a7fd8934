import { IconAlertOctagon } from '@tabler/icons-react';
import type { PlanReason } from '../../../shared/plan.ts';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { CommandLine } from '../../components/CommandLine.tsx';
import { CopyButton } from '../../components/CopyButton.tsx';
import { TypedAddress } from '../../components/TypedAddress.tsx';
import { BootChoice } from './BootChoice.tsx';
import { selectDraft } from './plans-selectors.ts';
import { wishChanged } from './plans-slice.ts';

interface RefusalListProps {
  readonly hostId: string;
  readonly reasons: readonly PlanReason[];
}

/** Why there is no plan, each reason with what takes it away, where something does. */
export function RefusalList({ hostId, reasons }: RefusalListProps) {
  if (reasons.length === 0) return null;
  return (
    <section className="refusals" aria-label="What stands against it">
      <h3 className="wizard__subtitle">What stands against it</h3>
      <ul className="problem-cards">
        {reasons.map((reason) => (
          <li key={`${reason.code} ${reason.text}`} className="problem-card">
            <IconAlertOctagon size={18} stroke={1.7} aria-hidden />
            <div className="problem-card__body">
              <p>{reason.text}</p>
              <Remedy hostId={hostId} reason={reason} />
            </div>
            <CopyButton isIcon label="Copy the reason" text={`${reason.code}: ${reason.text}\n`} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Remedy({ hostId, reason }: { hostId: string; reason: PlanReason }) {
  const dispatch = useAppDispatch();
  const { overrides } = useAppSelector((state) => selectDraft(state, hostId));
  const { code, overridable, choices, argument } = reason;
  if (choices !== undefined) return <BootChoice hostId={hostId} code={code} choices={choices} />;
  if (argument !== undefined) return <CommandLine command={argument} isOption />;
  if (overridable === undefined) {
    return (
      <p className="dim">
        {code === 'unknown-fact'
          ? 'Read the host as root, or take a new snapshot there with the collector.'
          : 'Nothing that can be typed here takes this away.'}
      </p>
    );
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
