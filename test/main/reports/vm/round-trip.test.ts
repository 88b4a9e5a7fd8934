import { describe, expect, it } from 'vitest';
import { parseVm } from '../../../../main/reports/vm/parse-vm.ts';
import type { PlacedVm } from '../../../../shared/placed-vm.ts';
import type { VmTarget } from '../../../../shared/vm-report.ts';
import { asCommandLine, asDomain } from '../../../support/read-back.ts';
import { generate, SAMPLE_NAMES, sampleVm } from '../../../support/vm-samples.ts';

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
  ['libvirt', asDomain],
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
