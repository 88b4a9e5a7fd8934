import { Button } from '@mantine/core';
import { useAppDispatch, useAppSelector } from '../../app/hooks.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { KindIcon } from '../../components/KindIcon.tsx';
import { DEVICE_KINDS } from '../../components/device-kinds.ts';
import { viewChanged } from '../groups/groups-slice.ts';
import { tabChosen } from '../navigation/navigation-slice.ts';
import { DeviceCard } from './DeviceCard.tsx';
import { selectPassableKinds } from './overview-selectors.ts';
import type { PassableKind } from './overview-selectors.ts';

const SHOWN_PER_KIND = 6;

/** The devices people pass, by kind. */
export function DeviceSections({ hostId }: { hostId: string }) {
  const kinds = useAppSelector((state) => selectPassableKinds(state, hostId));
  return (
    <section aria-label="Devices people pass to virtual machines">
      <h2 className="section-title">
        Devices people pass
        <span className="section-title__note">choose one to see why, and what moves with it</span>
      </h2>
      {kinds.length === 0 ? (
        <EmptyState
          title="None found"
          text="This reading shows no graphics, storage, network or USB controller. The Groups page lists what it does show."
        />
      ) : null}
      {kinds.map((kind) => (
        <DeviceKindSection key={kind.kind} hostId={hostId} group={kind} />
      ))}
    </section>
  );
}

function DeviceKindSection({ hostId, group }: { hostId: string; group: PassableKind }) {
  const dispatch = useAppDispatch();
  const { kind, devices } = group;
  const rest = devices.length - SHOWN_PER_KIND;
  const showAll = () => {
    dispatch(viewChanged({ hostId, change: { kinds: [kind] } }));
    dispatch(tabChosen('groups'));
  };
  return (
    <div className="device-kind">
      <h3 className="device-kind__title">
        <KindIcon kind={kind} size={15} />
        {DEVICE_KINDS[kind].plural}
      </h3>
      <ul className="device-kind__cards">
        {devices.slice(0, SHOWN_PER_KIND).map((device) => (
          <DeviceCard key={device.fn.bdf} hostId={hostId} device={device} />
        ))}
      </ul>
      {rest > 0 ? (
        <Button variant="subtle" onClick={showAll}>
          Show {rest.toLocaleString('en-US')} more in Groups
        </Button>
      ) : null}
    </div>
  );
}
