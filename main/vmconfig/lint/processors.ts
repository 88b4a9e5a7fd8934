import { formatCpuList } from '../../../shared/cpu-list.ts';
import type { HypervFeature, PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmFinding } from '../../../shared/vm-report.ts';
import { isWindows } from '../place/guest-defaults.ts';
import { vmFinding } from './vm-finding.ts';

export function findWrongTopology({ cpu: { count, topology } }: PlacedVm): readonly VmFinding[] {
  if (topology === undefined) return [];
  const { sockets, dies, cores, threads } = topology;
  const product = sockets * dies * cores * threads;
  if (product === count) return [];
  return [
    vmFinding('topology-mismatch', 'stop', {
      path: 'cpu.topology',
      text: `The topology has ${product} threads and the guest ${count} processors.`,
      remedy: 'Make sockets times dies times cores times threads the number of processors.',
    }),
  ];
}

/** Pins that pin nothing, and pins that stand in each other's way. */
export function findWrongPins({
  cpu: { count, pins, emulatorCpus },
}: PlacedVm): readonly VmFinding[] {
  const taken = pins.filter(({ cpus }) => cpus.length === 1).flatMap(({ cpus }) => cpus);
  const shared = taken.filter((one, index) => taken.indexOf(one) !== index);
  const crowded = emulatorCpus.filter((one) => taken.includes(one));
  return [
    ...pins.flatMap(({ vcpu }, index) =>
      vcpu < count
        ? []
        : [
            vmFinding('pin-of-no-vcpu', 'risk', {
              path: `cpu.pins[${index}].vcpu`,
              text: `Processor ${vcpu} of the guest is pinned, and it has ${count} only. Every tool accepts that.`,
              remedy: 'Remove the pin, or give the guest more processors.',
            }),
          ],
    ),
    ...(shared.length === 0
      ? []
      : [
          vmFinding('pin-shared', 'risk', {
            path: 'cpu.pins',
            text: `Several processors of the guest are pinned to ${formatCpuList(shared)}: each waits for the other.`,
            remedy: 'Pin each to a processor of its own.',
          }),
        ]),
    ...(crowded.length === 0
      ? []
      : [
          vmFinding('emulator-on-pins', 'note', {
            path: 'cpu.emulatorCpus',
            text: `QEMU's own threads run on ${formatCpuList(crowded)}, where the guest's processors are pinned.`,
            remedy: 'Pin the emulator to processors that the guest does not have.',
          }),
        ]),
  ];
}

/** What an enlightenment needs. @see QEMU target/i386/kvm/kvm.c, `kvm_hyperv_properties[].dependencies` */
const NEEDS: Readonly<Partial<Record<HypervFeature, readonly HypervFeature[]>>> = {
  synic: ['vpindex'],
  stimer: ['synic', 'vpindex'],
  tlbflush: ['vpindex'],
  ipi: ['vpindex'],
};

export function findHypervGaps({ hyperv, guest, architecture }: PlacedVm): readonly VmFinding[] {
  const gaps = hyperv.flatMap((name) => {
    const missing = (NEEDS[name] ?? []).filter((needed) => !hyperv.includes(needed));
    if (missing.length === 0) return [];
    return [
      vmFinding('hyperv-incomplete', 'stop', {
        path: 'hyperv',
        text: `The enlightenment ${name} needs ${missing.join(' and ')}: libvirt accepts it alone, and QEMU does not start.`,
        remedy: `Switch ${missing.join(' and ')} on as well.`,
      }),
    ];
  });
  if (!isWindows(guest) || architecture !== 'x86_64' || hyperv.length > 0) return gaps;
  return [
    vmFinding('hyperv-missing', 'note', {
      path: 'hyperv',
      text: 'Windows gets none of the enlightenments: timers and interrupts cost more than they have to.',
      remedy: 'Switch on vpindex, synic, stimer and the others.',
    }),
  ];
}
