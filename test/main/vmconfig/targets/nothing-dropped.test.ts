import { describe, expect, it } from 'vitest';
import type { HostDevice, PlacedVm } from '../../../../shared/placed-vm.ts';
import { vmTargetSchema } from '../../../../shared/vm-report.ts';
import { generate, sampleVm } from '../../../support/vm-samples.ts';

const VM = sampleVm('windows-looking-glass');
const [FIRST, ...REST] = VM.hostDevices;

/** One thing changed, and the place that a note about it names. */
const CHANGES: readonly (readonly [path: string, change: (vm: PlacedVm) => PlacedVm])[] = [
  ['guest', (vm) => ({ ...vm, guest: 'linux' })],
  ['machine', (vm) => ({ ...vm, machine: 'pc' })],
  ['firmware.isSecure', (vm) => ({ ...vm, firmware: { kind: 'efi', isSecure: false } })],
  ['firmware', (vm) => ({ ...vm, firmware: { kind: 'bios' } })],
  ['tpm', ({ tpm: _tpm, ...vm }) => vm],
  ['tpm', (vm) => ({ ...vm, tpm: 'tpm-tis' })],
  [
    'cpu',
    (vm) => ({
      ...vm,
      cpu: {
        ...vm.cpu,
        count: 12,
        topology: { sockets: 1, dies: 1, cores: 12, threads: 1 },
        pins: [],
      },
    }),
  ],
  ['cpu.pins', (vm) => ({ ...vm, cpu: { ...vm.cpu, pins: [] } })],
  ['cpu.emulatorCpus', (vm) => ({ ...vm, cpu: { ...vm.cpu, emulatorCpus: [] } })],
  ['cpu.addressBitsLimit', (vm) => ({ ...vm, cpu: { ...vm.cpu, addressBitsLimit: 39 } })],
  ['memory', (vm) => ({ ...vm, memory: { ...vm.memory, mib: 4096 } })],
  ['memory.pageKib', (vm) => ({ ...vm, memory: { ...vm.memory, pageKib: 1048576 } })],
  ['memory.nodes', (vm) => ({ ...vm, memory: { ...vm.memory, nodes: [] } })],
  ['hyperv', (vm) => ({ ...vm, hyperv: [] })],
  ['isHypervisorHidden', (vm) => ({ ...vm, isHypervisorHidden: true })],
  ['hostDevices', (vm) => ({ ...vm, hostDevices: REST })],
  ['hostDevices[0].rom', (vm) => withFirst(vm, { rom: { kind: 'hidden' } })],
  ['hostDevices[0].rom', (vm) => withFirst(vm, { rom: { kind: 'file', path: '/other.rom' } })],
  ['hostDevices[0].bootOrder', (vm) => withFirst(vm, { bootOrder: 1 })],
  ['hostDevices', (vm) => ({ ...vm, hostDevices: vm.hostDevices.map(alone) })],
  [
    'hostDevices[0].variantDriver',
    (vm) => withFirst(vm, { variantDriver: 'nvgrace_gpu_vfio_pci' }),
  ],
  [
    'hostDevices',
    (vm) => ({
      ...vm,
      hostDevices: [
        ...vm.hostDevices,
        { kind: 'mdev', uuid: '12345678-1234-1234-1234-123456789012', hasDisplay: false },
      ],
    }),
  ],
  ['disks', (vm) => ({ ...vm, disks: [] })],
  [
    'disks[0].format',
    (vm) => ({ ...vm, disks: vm.disks.map((one) => ({ ...one, format: 'raw' })) }),
  ],
  ['networks', (vm) => ({ ...vm, networks: [] })],
  ['display', (vm) => ({ ...vm, display: 'vnc' })],
  ['sharedMemory', ({ sharedMemory: _memory, ...vm }) => vm],
  ['evdev', (vm) => ({ ...vm, evdev: [] })],
  ['viommu', (vm) => ({ ...vm, viommu: 'intel' })],
  ['mmio64Mib', (vm) => ({ ...vm, mmio64Mib: 65536 })],
  ['hasBalloon', (vm) => ({ ...vm, hasBalloon: true })],
];

function withFirst(vm: PlacedVm, change: object): PlacedVm {
  return { ...vm, hostDevices: [{ ...FIRST, ...change } as never, ...REST] };
}

/** A card torn into one for each function. */
function alone(device: HostDevice, index: number): HostDevice {
  const at = { bus: index + 1, slot: 0, function: 0 };
  return device.kind === 'pci' ? { ...device, at, isMultifunction: false } : { ...device, at };
}

/** QEMU opens what the kernel has bound, and has no say in it. */
const NO_CONCERN: readonly (readonly [target: string, path: string])[] = [
  ['qemu', 'hostDevices[0].variantDriver'],
];

describe.each(vmTargetSchema.options)('%s', (target) => {
  const changes = CHANGES.filter(
    ([path]) => !NO_CONCERN.some((one) => one[0] === target && one[1] === path),
  );
  it.each(changes.map(([path, change], index) => [index, path, change] as const))(
    'writes change %i of %s, or says that it cannot',
    (_index, path, change) => {
      const [before, after] = [generate(target, VM), generate(target, change(VM))];
      const isSaid = before.unsupported.some((note) => isAbout(note.path, path));
      const isSeen = JSON.stringify(before) !== JSON.stringify(after);
      expect({ path, isHandled: isSeen || isSaid }).toEqual({ path, isHandled: true });
    },
  );
});

/** A note about all devices says nothing of one of them. */
function isAbout(said: string, path: string): boolean {
  return said !== 'hostDevices' && (said === path || path.startsWith(`${said}.`));
}
