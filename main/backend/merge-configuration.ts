import type { HostDevice } from '../../shared/placed-vm.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import { vmWishSchema } from '../../shared/vm.ts';
import { mergeDomain, type MergedDomain } from '../vmconfig/merge-domain.ts';
import { placeVm } from '../vmconfig/place/place-vm.ts';
import type { Analysis } from './analyse.ts';
import { readConfiguration } from './lint-configuration.ts';

/** Puts devices of a host into an existing libvirt domain. */
export function mergeConfiguration(
  text: string,
  addresses: readonly string[],
  analysis: Analysis,
  libvirtVersion: string | undefined,
): Result<MergedDomain, Failure> {
  const parsed = readConfiguration(text, analysis);
  if (!parsed.ok) return parsed;
  const { format, vm } = parsed.value;
  if (format !== 'libvirt') {
    return failure('bad-arguments', 'Devices are merged into libvirt domains only');
  }
  const wish = vmWishSchema.parse({
    name: 'vm',
    guest: vm.guest,
    devices: addresses.map((bdf) => ({ kind: 'pci', bdf })),
    isManaged: managedIn(vm.hostDevices),
  });
  const placement = placeVm(wish, analysis.context);
  if (!placement.ok) return placement;
  return ok(
    mergeDomain(text, vm, placement.value.vm, {
      scope: 'fragment',
      vfio: 'group',
      ...(libvirtVersion !== undefined && { libvirtVersion }),
    }),
  );
}

/** As the devices that are there: both ways in one machine are a mistake. */
function managedIn(devices: readonly HostDevice[]): boolean | undefined {
  return devices.flatMap((device) => (device.kind === 'mdev' ? [] : (device.isManaged ?? [])))[0];
}
