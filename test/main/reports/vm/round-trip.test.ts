import { describe, expect, it } from 'vitest';
import { parseVm } from '../../../../main/reports/vm/parse-vm.ts';
import type { HostDevice, PlacedVm } from '../../../../shared/placed-vm.ts';
import type { VmTarget } from '../../../../shared/vm-report.ts';
import { generate, SAMPLE_NAMES, sampleVm } from '../../../support/vm-samples.ts';

/** What no configuration says: a role, a system without Hyper-V; and names that are always said. */
function plain(vm: PlacedVm): PlacedVm {
  const guest = vm.hyperv.length > 0 ? vm.guest : 'other';
  return {
    ...vm,
    guest,
    hostDevices: vm.hostDevices.map(withoutRole),
    disks: vm.disks.map((disk) => (disk.device === 'cdrom' ? { ...disk, format: 'raw' } : disk)),
    networks: vm.networks.map((network) =>
      network.kind === 'network' ? { ...network, name: network.name ?? 'default' } : network,
    ),
  };
}

function withoutRole(device: HostDevice): HostDevice {
  return device.kind === 'pci' ? { ...device, role: 'other' } : device;
}

/** A command line says nothing of what others do before QEMU starts or after. */
function asCommandLine(vm: PlacedVm): PlacedVm {
  const rest = plain(vm);
  return {
    ...rest,
    cpu: {
      ...vm.cpu,
      pins: [],
      emulatorCpus: [],
      ioThreads: vm.cpu.ioThreads.map(() => ({ cpus: [] })),
    },
    hostDevices: rest.hostDevices.map(asOpened),
    networks: vm.networks.map(({ kind, name, ...network }) => ({
      ...network,
      ...(kind === 'user'
        ? { kind: 'user' as const }
        : { kind: 'bridge' as const, name: kind === 'network' ? 'virbr0' : (name ?? 'br0') }),
    })),
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

/** Proxmox chooses places, features and processors by itself. */
function asProxmox(vm: PlacedVm): PlacedVm {
  const affinity = vm.cpu.pins.flatMap(({ cpus }) => cpus).sort((a, b) => a - b);
  const { usb: _usb, ...rest } = asCommandLine(vm);
  const order = [...vm.hostDevices, ...vm.disks]
    .flatMap(({ bootOrder }) => bootOrder ?? [])
    .sort((a, b) => a - b);
  const renumber = <T extends { readonly bootOrder?: number; readonly at?: unknown }>(
    one: T,
  ): T => {
    const { bootOrder, ...others } = one;
    const place = bootOrder === undefined ? {} : { bootOrder: order.indexOf(bootOrder) + 1 };
    return { ...others, ...place } as T;
  };
  return {
    ...rest,
    name: vm.name.replaceAll(/[^A-Za-z0-9]+/g, '-'),
    guest: vm.guest,
    cpu: {
      ...vm.cpu,
      topology: { sockets: 1, dies: 1, cores: vm.cpu.count, threads: 1 },
      pins: vm.cpu.pins.map(({ vcpu }) => ({ vcpu, cpus: affinity })),
      emulatorCpus: [],
      ioThreads: [],
    },
    hyperv: [],
    ...asSlots({ ...rest, hostDevices: rest.hostDevices.map(renumber) }),
    disks: rest.disks.map(renumber).map(({ at: _at, ...disk }) => disk),
    networks: rest.networks.map(({ at: _at, ...network }, index) => ({
      ...network,
      ...(vm.networks[index]?.kind === 'network' && { name: 'vmbr0' }),
    })),
  };
}

/** Each card has a port of its own, numbered as its `hostpciN`. */
function asSlots(vm: PlacedVm): Pick<PlacedVm, 'hostDevices' | 'ports'> {
  const slots = [...new Set(vm.hostDevices.map(({ at }) => `${at?.bus}:${at?.slot}`))];
  return {
    ports: slots.map((_, index) => ({ index: index + 1 })),
    hostDevices: vm.hostDevices.map((device) => {
      const { bus, slot, function: fn = 0 } = device.at ?? {};
      return { ...device, at: { bus: slots.indexOf(`${bus}:${slot}`) + 1, slot: 0, function: fn } };
    }),
  };
}

const FORMS: readonly (readonly [VmTarget, (vm: PlacedVm) => PlacedVm])[] = [
  ['libvirt', plain],
  ['qemu', asCommandLine],
  ['proxmox', asProxmox],
];

describe.each(FORMS)('what is written for %s', (target, expected) => {
  it.each(SAMPLE_NAMES)('is read back as the same machine: %s', (sample) => {
    const vm = sampleVm(sample);
    const text = generate(target, vm).files[0]?.text ?? '';
    expect(parseVm(text)).toEqual({
      ok: true,
      value: { format: target, vm: expected(vm), left: [] },
    });
  });
});
