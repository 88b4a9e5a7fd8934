import type { Bdf } from '../../shared/bdf.ts';
import { known } from '../../shared/fact.ts';
import type { PciFunction } from '../../shared/host.ts';
import type { PlacedVm } from '../../shared/placed-vm.ts';
import type { EngineContext } from '../engine/context.ts';

/** What is at an address of the host, for targets that name devices by their ids. */
export interface HostCard {
  readonly bdf: Bdf;
  /** `10de:1e04`. */
  readonly ids: string;
  /** `1458:403b`; left out where the card has none or it was not read. */
  readonly subsystem?: string;
  /** Left out where the host shows no group. */
  readonly group?: string;
  /** It has virtual functions, or could have. */
  readonly isPhysicalFunction: boolean;
}

/** @returns One for each device of the machine whose ids are known on the host. */
export function findHostCards(
  { hostDevices }: PlacedVm,
  { topology }: EngineContext,
): readonly HostCard[] {
  return hostDevices.flatMap((device) => {
    const node = device.kind === 'mdev' ? undefined : topology.find(device.bdf);
    return node === undefined ? [] : (cardOf(node.fn) ?? []);
  });
}

function cardOf(fn: PciFunction): HostCard | undefined {
  const [vendor, device] = [known(fn.vendorId), known(fn.deviceId)];
  if (vendor === undefined || device === undefined) return undefined;
  const subsystem = known(fn.subsystem);
  const group = known(fn.iommuGroupId);
  return {
    bdf: fn.bdf,
    ids: pair(vendor, device),
    ...(subsystem !== undefined && { subsystem: pair(subsystem >>> 16, subsystem & 0xffff) }),
    ...(group !== undefined && { group }),
    isPhysicalFunction: (known(fn.details?.sriovTotalVfs) ?? 0) > 0,
  };
}

function pair(high: number, low: number): string {
  return [high, low].map((id) => id.toString(16).padStart(4, '0')).join(':');
}
