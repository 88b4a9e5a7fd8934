import type { FunctionView } from '../../shared/view.ts';
import { DeviceChoice } from './DeviceChoice.tsx';
import { KindIcon } from './KindIcon.tsx';
import { DEVICE_KINDS } from './device-kinds.ts';
import type { PassableDevice, PassableKind } from '../features/overview/overview-selectors.ts';

interface DeviceOfferProps {
  readonly hostId: string;
  readonly kinds: readonly PassableKind[];
  /** Of no such kind, and chosen all the same. */
  readonly others: readonly Pick<PassableDevice, 'fn' | 'verdict' | 'sentence'>[];
  /** Addresses. */
  readonly chosen: readonly string[];
  readonly onToggle: (fn: FunctionView) => void;
}

/** The devices people pass, by kind, to tick. */
export function DeviceOffer({ hostId, kinds, others, chosen, onToggle }: DeviceOfferProps) {
  const list = (devices: DeviceOfferProps['others']) => (
    <ul className="choose__devices">
      {devices.map((device) => (
        <DeviceChoice
          key={device.fn.bdf}
          hostId={hostId}
          device={device}
          isChosen={chosen.includes(device.fn.bdf)}
          onToggle={() => onToggle(device.fn)}
        />
      ))}
    </ul>
  );
  return (
    <div className="choose">
      {kinds.map(({ kind, devices }) => (
        <fieldset key={kind} className="choose__kind">
          <legend className="device-kind__title">
            <KindIcon kind={kind} size={15} />
            {DEVICE_KINDS[kind].plural}
          </legend>
          {list(devices)}
        </fieldset>
      ))}
      {others.length === 0 ? null : (
        <fieldset className="choose__kind">
          <legend className="device-kind__title">Chosen elsewhere</legend>
          {list(others)}
        </fieldset>
      )}
    </div>
  );
}
