import { useAppSelector } from '../app/hooks.ts';
import { Address } from './Address.tsx';
import { VerdictBadge } from './VerdictBadge.tsx';
import { selectDriverWord } from '../features/hosts/hosts-selectors.ts';
import type { PassableDevice } from '../features/overview/overview-selectors.ts';

interface DeviceChoiceProps {
  readonly hostId: string;
  readonly device: Pick<PassableDevice, 'fn' | 'verdict' | 'sentence'>;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}

/** A device to tick, with what a move of it would mean. */
export function DeviceChoice({ hostId, device, isChosen, onToggle }: DeviceChoiceProps) {
  const { fn, verdict, sentence } = device;
  const driver = useAppSelector((state) => selectDriverWord(state, hostId, fn.bdf));
  return (
    <li>
      <label className="choice" data-chosen={isChosen}>
        <input type="checkbox" checked={isChosen} onChange={onToggle} />
        <span className="choice__words">
          <span className="choice__head">
            <span className="choice__name">{fn.name}</span>
            <VerdictBadge verdict={verdict} />
          </span>
          <span className="choice__facts">
            <Address value={fn.bdf} />
            <span>{[driver, ...fn.children].join(' · ')}</span>
            {fn.physicalSlot === undefined ? null : <span>slot {fn.physicalSlot}</span>}
          </span>
          <span className="choice__text">{sentence}</span>
        </span>
      </label>
    </li>
  );
}
