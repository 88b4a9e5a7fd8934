import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { VerdictBadge } from '../../components/VerdictBadge.tsx';
import { counted } from '../../components/counted.ts';
import { selectDriverWord } from '../hosts/hosts-selectors.ts';
import { selectSelection } from '../selection/selection-selectors.ts';
import { functionSelected, inspectorRevealed } from '../selection/selection-slice.ts';
import type { PassableDevice } from './overview-selectors.ts';

/** One device with its verdict; choosing it explains it in the inspector. */
export function DeviceCard({ hostId, device }: { hostId: string; device: PassableDevice }) {
  const dispatch = useAppDispatch();
  const { fn, verdict, sentence, virtualFunctions } = device;
  const selection = useAppSelector((state) => selectSelection(state, hostId));
  const isSelected = selection?.kind === 'function' && selection.bdf === fn.bdf;
  const driver = useAppSelector((state) => selectDriverWord(state, hostId, fn.bdf));
  const choose = () => {
    dispatch(functionSelected(hostId, fn.bdf));
    dispatch(inspectorRevealed());
  };
  return (
    <li>
      <button type="button" className="device-card" aria-pressed={isSelected} onClick={choose}>
        <span className="device-card__name">{fn.name}</span>
        <span className="device-card__facts">
          <VerdictBadge verdict={verdict} />
          <Address value={fn.bdf} />
          <span>{[driver, ...fn.children].join(' · ')}</span>
          {fn.physicalSlot === undefined ? null : <span>slot {fn.physicalSlot}</span>}
          {virtualFunctions === 0 ? null : (
            <span>{counted(virtualFunctions, 'virtual function')}</span>
          )}
        </span>
        <span className="device-card__sentence">{sentence}</span>
      </button>
    </li>
  );
}
