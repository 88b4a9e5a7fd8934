import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { DeviceChoice } from '../../components/DeviceChoice.tsx';
import { counted } from '../../components/counted.ts';
import { selectChosenDevices, selectVirtualFunctions } from './vm-selectors.ts';
import { toggleDevice } from './vm-thunks.ts';

/** A card may have hundreds, all alike. */
const SHOWN = 8;

/** Virtual functions, below the cards that they are of. */
export function VirtualFunctions({ hostId }: { hostId: string }) {
  const dispatch = useAppDispatch();
  const cards = useAppSelector((state) => selectVirtualFunctions(state, hostId));
  const devices = useAppSelector((state) => selectChosenDevices(state, hostId));
  const chosen = new Set(devices.map(({ bdf }) => bdf));
  return cards.map(({ fn: card, functions }) => (
    <fieldset key={card.bdf} className="choose__kind">
      <legend className="device-kind__title">
        {counted(functions.length, 'virtual function')} of {card.name}
      </legend>
      <ul className="choose__devices">
        {functions.slice(0, SHOWN).map((fn) => (
          <DeviceChoice
            key={fn.bdf}
            hostId={hostId}
            device={{ fn, verdict: fn.verdict, sentence: fn.sentence }}
            isChosen={chosen.has(fn.bdf)}
            onToggle={() => dispatch(toggleDevice(hostId, fn))}
          />
        ))}
      </ul>
      {functions.length > SHOWN ? (
        <p className="vm-hint">
          The others are in Groups: each can be given to a machine from its explanation.
        </p>
      ) : null}
    </fieldset>
  ));
}
