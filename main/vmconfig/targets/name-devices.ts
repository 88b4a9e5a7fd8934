import type { HostDevice } from '../../../shared/placed-vm.ts';

/** A device with a name that is its own in the machine. */
export interface NamedDevice {
  readonly name: string;
  readonly device: HostDevice;
}

/** Names by what a device is, counted from 0 for each kind: `gpu0`, `nvme1`. */
export function nameDevices(devices: readonly HostDevice[]): readonly NamedDevice[] {
  const counts = new Map<string, number>();
  return devices.map((device) => {
    const kind = kindOf(device);
    const count = counts.get(kind) ?? 0;
    counts.set(kind, count + 1);
    return { name: `${kind}${count}`, device };
  });
}

function kindOf(device: HostDevice): string {
  if (device.kind !== 'pci') return device.kind;
  return device.role === 'other' ? 'pci' : device.role;
}
