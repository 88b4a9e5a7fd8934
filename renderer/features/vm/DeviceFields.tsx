import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { DeviceOffer } from '../../components/DeviceOffer.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { counted } from '../../components/counted.ts';
import { selectPassableKinds } from '../overview/overview-selectors.ts';
import { ChosenDeviceCard } from './ChosenDeviceCard.tsx';
import { FoldedPart } from './FoldedPart.tsx';
import { VirtualFunctions } from './VirtualFunctions.tsx';
import type { VmEdit } from './vm-edit.ts';
import { selectChosenDevices } from './vm-selectors.ts';
import { toggleDevice } from './vm-thunks.ts';

/** The devices of the host that the machine gets. */
export function DeviceFields({ hostId, edit }: { hostId: string; edit: VmEdit }) {
  const dispatch = useAppDispatch();
  const chosen = useAppSelector((state) => selectChosenDevices(state, hostId));
  const kinds = useAppSelector((state) => selectPassableKinds(state, hostId));
  const count = kinds.reduce((sum, { devices }) => sum + devices.length, 0);
  return (
    <fieldset className="vm-part">
      <legend className="vm-part__title">Devices of the host</legend>
      {chosen.length === 0 ? (
        <p className="vm-hint">None yet. Without one this is an ordinary machine.</p>
      ) : (
        <ul className="vm-chosen" aria-label="Chosen devices">
          {chosen.map((device, index) => (
            <ChosenDeviceCard
              key={device.bdf}
              hostId={hostId}
              edit={edit}
              index={index}
              device={device}
            />
          ))}
        </ul>
      )}
      {count === 0 ? (
        <EmptyState
          title="Nothing to choose"
          text="This reading shows no graphics, storage, network or USB controller. A function in Groups can be given to a machine from its explanation."
        />
      ) : (
        <FoldedPart
          title="Choose devices"
          summary={counted(count, 'device')}
          isOpen={chosen.length === 0}
        >
          <DeviceOffer
            hostId={hostId}
            kinds={kinds}
            others={[]}
            chosen={chosen.map(({ bdf }) => bdf)}
            onToggle={(fn) => dispatch(toggleDevice(hostId, fn))}
          />
          <VirtualFunctions hostId={hostId} />
        </FoldedPart>
      )}
    </fieldset>
  );
}
