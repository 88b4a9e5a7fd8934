import type { Bdf } from '../../shared/bdf.ts';
import type { BridgeNumbers, ConfigSpace } from '../../shared/host.ts';
import type { FactOrigin } from '../../shared/report.ts';
import type { DevicePlace } from '../host/device-path.ts';

/** What the place of a function is concluded from. */
export interface Placeable {
  readonly bdf: Bdf;
  /** From a path, where the report has one. */
  readonly place: DevicePlace | undefined;
  readonly placeOrigin: FactOrigin | undefined;
  readonly isBridge: boolean;
  readonly config: ConfigSpace | undefined;
  readonly physicalFunction: Bdf | undefined;
}

/** A bridge with the buses below it. */
export interface BridgeRange extends BridgeNumbers {
  readonly bdf: Bdf;
  readonly domain: number;
}
