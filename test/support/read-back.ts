import { bridgeOf } from '../../main/vmconfig/qemu/emulated-part.ts';
import type { HostDevice, PlacedVm } from '../../shared/placed-vm.ts';

/** What no configuration says: a role, a system without Hyper-V; and names that are always said. */
export function asDomain(vm: PlacedVm): PlacedVm {
  const windows = vm.tpm === undefined ? 'windows-10' : 'windows-11';
  const guest = vm.hyperv.length > 0 ? windows : 'other';
  return {
    ...vm,
    guest,
    hostDevices: vm.hostDevices.map(withoutRole),
    disks: vm.disks.map((disk) => (disk.device === 'cdrom' ? { ...disk, format: 'raw' } : disk)),
    networks: vm.networks.map(({ name, ...network }) =>
      network.kind === 'user'
        ? network
        : { ...network, name: name ?? (network.kind === 'network' ? 'default' : 'br0') },
    ),
  };
}

function withoutRole(device: HostDevice): HostDevice {
  return device.kind === 'pci' ? { ...device, role: 'other' } : device;
}

/** A command line says nothing of what others do before QEMU starts or after. */
export function asCommandLine(vm: PlacedVm): PlacedVm {
  const rest = asDomain(vm);
  return {
    ...rest,
    // Only processors of x86 have a word for it.
    isHypervisorHidden: vm.isHypervisorHidden && vm.architecture === 'x86_64',
    cpu: {
      ...vm.cpu,
      pins: [],
      emulatorCpus: [],
      ioThreads: vm.cpu.ioThreads.map(() => ({ cpus: [] })),
    },
    hostDevices: rest.hostDevices.map(asOpened),
    networks: vm.networks.map(({ kind, name, ...network }) => {
      const bridge = bridgeOf(kind, name);
      return bridge === undefined
        ? { ...network, kind: 'user' }
        : { ...network, kind: 'bridge', name: bridge };
    }),
  };
}

function asOpened(device: HostDevice): HostDevice {
  if (device.kind === 'mdev') return device;
  const { kind: _kind, isManaged: _managed, ...rest } = device;
  if (device.kind === 'pci') return { ...rest, kind: 'pci' } as HostDevice;
  const { bdf, at, bootOrder } = device;
  return {
    kind: 'pci',
    bdf,
    role: 'other',
    isMultifunction: false,
    rom: { kind: 'device' },
    ...(at !== undefined && { at }),
    ...(bootOrder !== undefined && { bootOrder }),
  };
}
