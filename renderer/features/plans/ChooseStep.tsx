import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { Address } from '../../components/Address.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { KindIcon } from '../../components/KindIcon.tsx';
import { VerdictBadge } from '../../components/VerdictBadge.tsx';
import { DEVICE_KINDS } from '../../components/device-kinds.ts';
import { selectDriverWord } from '../hosts/hosts-selectors.ts';
import { selectPassableKinds } from '../overview/overview-selectors.ts';
import type { PassableDevice } from '../overview/overview-selectors.ts';
import { selectOffered } from './offered-selectors.ts';
import { selectDraft } from './plans-selectors.ts';
import { wishChanged } from './plans-slice.ts';

/** The devices people pass, with what a move of each would mean. */
export function ChooseStep({ hostId }: { hostId: string }) {
  const kinds = useAppSelector((state) => selectPassableKinds(state, hostId));
  const others = useAppSelector((state) => selectOffered(state, hostId));
  if (kinds.length === 0 && others.length === 0) {
    return (
      <EmptyState
        title="Nothing to choose"
        text="This reading shows no graphics, storage, network or USB controller. Choose a function in Groups and begin a plan from its explanation."
      />
    );
  }
  return (
    <div className="choose">
      {kinds.map(({ kind, devices }) => (
        <fieldset key={kind} className="choose__kind">
          <legend className="device-kind__title">
            <KindIcon kind={kind} size={15} />
            {DEVICE_KINDS[kind].plural}
          </legend>
          <ul className="choose__devices">
            {devices.map((device) => (
              <DeviceChoice key={device.fn.bdf} hostId={hostId} device={device} />
            ))}
          </ul>
        </fieldset>
      ))}
      {others.length === 0 ? null : (
        <fieldset className="choose__kind">
          <legend className="device-kind__title">Chosen elsewhere</legend>
          <ul className="choose__devices">
            {others.map((device) => (
              <DeviceChoice key={device.fn.bdf} hostId={hostId} device={device} />
            ))}
          </ul>
        </fieldset>
      )}
    </div>
  );
}

type Choice = Pick<PassableDevice, 'fn' | 'verdict' | 'sentence'>;

function DeviceChoice({ hostId, device }: { hostId: string; device: Choice }) {
  const dispatch = useAppDispatch();
  const { addresses } = useAppSelector((state) => selectDraft(state, hostId));
  const { fn, verdict, sentence } = device;
  const driver = useAppSelector((state) => selectDriverWord(state, hostId, fn.bdf));
  const isChosen = addresses.includes(fn.bdf);
  const toggle = () => {
    const next = isChosen ? addresses.filter((bdf) => bdf !== fn.bdf) : [...addresses, fn.bdf];
    // What was typed against a stop was typed for another wish.
    dispatch(wishChanged({ hostId, change: { addresses: next, overrides: [] } }));
  };
  return (
    <li>
      <label className="choice" data-chosen={isChosen}>
        <input type="checkbox" checked={isChosen} onChange={toggle} />
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
