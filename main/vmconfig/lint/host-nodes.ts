import type { HostDevice, PlacedVm } from '../../../shared/placed-vm.ts';
import type { EngineContext } from '../../engine/context.ts';
import type { FunctionNode } from '../../engine/topology.ts';

/** A device of the machine with its function on the host. */
export interface HostNode {
  readonly device: Exclude<HostDevice, { readonly kind: 'mdev' }>;
  readonly node: FunctionNode;
  /** In `hostDevices`. */
  readonly index: number;
}

/** Functions that the host has; mediated devices are none. */
export function nodesOf(
  { hostDevices }: PlacedVm,
  { topology }: EngineContext,
): readonly HostNode[] {
  return hostDevices.flatMap((device, index) => {
    const node = device.kind === 'mdev' ? undefined : topology.find(device.bdf);
    return device.kind === 'mdev' || node === undefined ? [] : [{ device, node, index }];
  });
}

/** Addresses of the machine, whether the host has them or not. */
export function addressesOf({ hostDevices }: PlacedVm): ReadonlySet<string> {
  return new Set(hostDevices.flatMap((device) => (device.kind === 'mdev' ? [] : [device.bdf])));
}
