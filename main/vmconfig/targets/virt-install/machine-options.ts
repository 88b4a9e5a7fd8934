import { formatCpuList } from '../../../../shared/cpu-list.ts';
import type { HypervFeature, PlacedVm } from '../../../../shared/placed-vm.ts';
import { isWindows } from '../../place/guest-defaults.ts';
import { option, xmlOption, type VirtInstallOption } from './option.ts';

/** Firmware, features, processors, memory and clock. */
export function machineOptions(vm: PlacedVm): readonly VirtInstallOption[] {
  return [
    ['virt-type', 'kvm'],
    ['arch', vm.architecture],
    ['machine', vm.machine],
    ...firmwareOptions(vm),
    ...featureOptions(vm),
    ...processorOptions(vm),
    ...memoryOptions(vm),
    option('clock', { offset: isWindows(vm.guest) ? 'localtime' : 'utc' }),
    ...(isWindows(vm.guest)
      ? [xmlOption("./clock/timer[@name='hypervclock']/@present", 'yes')]
      : []),
  ];
}

/** Both features are stated: left out, libvirt takes the first firmware that fits. */
function firmwareOptions({ firmware }: PlacedVm): readonly VirtInstallOption[] {
  const { kind, isSecure } = firmware;
  if (kind === 'bios') return [];
  if (isSecure === undefined) return [option('boot', { firmware: 'efi' })];
  const enabled = isSecure ? 'yes' : 'no';
  return [
    option('boot', {
      firmware: 'efi',
      'firmware.feature0.name': 'enrolled-keys',
      'firmware.feature0.enabled': enabled,
      'firmware.feature1.name': 'secure-boot',
      'firmware.feature1.enabled': enabled,
      'loader.secure': isSecure ? 'yes' : undefined,
    }),
  ];
}

function featureOptions(vm: PlacedVm): readonly VirtInstallOption[] {
  return [
    ...(vm.architecture === 'x86_64'
      ? [
          option('features', {
            'vmport.state': 'off',
            'smm.state': vm.firmware.isSecure === true ? 'on' : undefined,
            'kvm.hidden.state': vm.isHypervisorHidden ? 'on' : undefined,
            'ioapic.driver': vm.viommu === 'intel' ? 'qemu' : undefined,
          }),
        ]
      : []),
    ...vm.hyperv.flatMap(hypervOptions),
  ];
}

function hypervOptions(name: HypervFeature): readonly VirtInstallOption[] {
  const set = (path: string, value: string) =>
    xmlOption(`./features/hyperv/${name}/${path}`, value);
  const on = set('@state', 'on');
  switch (name) {
    case 'spinlocks':
      return [on, set('@retries', '8191')];
    case 'stimer':
      return [on, set('direct/@state', 'on')];
    case 'vendor_id':
      return [on, set('@value', 'airlock')];
    default:
      return [on];
  }
}

function processorOptions({ cpu, architecture }: PlacedVm): readonly VirtInstallOption[] {
  const { count, topology, pins, emulatorCpus, ioThreads } = cpu;
  const values: Readonly<Record<string, string | number>> = Object.fromEntries<string | number>([
    ...pins.flatMap(({ vcpu, cpus }, index) => [
      [`vcpupin${index}.vcpu`, vcpu] as const,
      [`vcpupin${index}.cpuset`, formatCpuList(cpus)] as const,
    ]),
    ...(emulatorCpus.length > 0
      ? [['emulatorpin.cpuset', formatCpuList(emulatorCpus)] as const]
      : []),
    ...ioThreads.flatMap(({ cpus }, index) =>
      cpus.length === 0
        ? []
        : [
            [`iothreadpin${index}.iothread`, index + 1] as const,
            [`iothreadpin${index}.cpuset`, formatCpuList(cpus)] as const,
          ],
    ),
  ]);
  const isX86 = architecture === 'x86_64';
  return [
    option('vcpus', { ...topology }, String(count)),
    ...(cpu.isHostModel
      ? [
          option(
            'cpu',
            {
              check: 'none',
              migratable: isX86 ? 'off' : undefined,
              'cache.mode': isX86 ? 'passthrough' : undefined,
              require: cpu.hasTopoext ? 'topoext' : undefined,
            },
            'host-passthrough',
          ),
        ]
      : []),
    ...(ioThreads.length === 0 ? [] : [['iothreads', String(ioThreads.length)] as const]),
    ...(Object.keys(values).length === 0 ? [] : [option('cputune', values)]),
  ];
}

function memoryOptions({ memory, hasBalloon }: PlacedVm): readonly VirtInstallOption[] {
  const { mib, pageKib, nodes } = memory;
  return [
    ['memory', String(mib)],
    ...(pageKib === undefined
      ? []
      : [
          option('memorybacking', {
            'hugepages.page0.size': pageKib,
            'hugepages.page0.unit': 'KiB',
            nosharepages: 'yes',
          }),
        ]),
    ...(nodes.length === 0
      ? []
      : [
          option('numatune', {
            'memory.mode': 'strict',
            'memory.nodeset': formatCpuList(nodes),
          }),
        ]),
    ['memballoon', hasBalloon ? 'virtio' : 'none'],
  ];
}
