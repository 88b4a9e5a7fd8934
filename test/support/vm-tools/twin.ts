import type { HostDevice, PlacedVm } from '../../../shared/placed-vm.ts';

/** A machine that a checker without the hardware takes, and what had to be changed for it. */
export interface Twin {
  readonly vm: PlacedVm;
  readonly changes: readonly string[];
}

/**
 * Puts node 0 in place of others, and an ordinary device in place of a virtual function:
 * `domxml-to-native` of libvirt 9.0 cannot write an interface of that kind.
 */
export function twinOf(vm: PlacedVm): Twin {
  const changes = [
    ...(vm.memory.nodes.some((node) => node !== 0) ? ['NUMA node to 0'] : []),
    ...(vm.hostDevices.some(({ kind }) => kind === 'vf') ? ['VF interface to hostdev'] : []),
  ];
  return {
    vm: {
      ...vm,
      memory: { ...vm.memory, nodes: vm.memory.nodes.map(() => 0) },
      hostDevices: vm.hostDevices.map(ordinary),
    },
    changes,
  };
}

function ordinary(device: HostDevice): HostDevice {
  if (device.kind !== 'vf') return device;
  const { bdf, at } = device;
  return {
    kind: 'pci',
    bdf,
    role: 'network',
    isMultifunction: false,
    rom: { kind: 'device' },
    ...(at && { at }),
  };
}

/** Where nobody can open `/dev/kvm`: what only KVM has is taken out of the model. */
export function withoutKvm({ vm, changes }: Twin): Twin {
  return {
    vm: {
      ...vm,
      hyperv: [],
      isHypervisorHidden: false,
      cpu: { ...vm.cpu, hasHostAddressBits: false },
    },
    changes: [...changes, 'KVM, host-passthrough and enlightenments to emulation'],
  };
}

/** The same in the text of a domain. */
export function withoutKvmText(xml: string): string {
  return xml
    .replace("<domain type='kvm'", "<domain type='qemu'")
    .replace("mode='host-passthrough' check='none' migratable='off'", "mode='maximum'")
    .replace(/^ *<cache mode='passthrough'\/>\n/m, '')
    .replace(/^ *<timer name='hypervclock'.*\n/m, '');
}
