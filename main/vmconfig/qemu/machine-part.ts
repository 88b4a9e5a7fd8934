import { formatCpuList } from '../../../shared/cpu-list.ts';
import type { HypervFeature, PlacedVm } from '../../../shared/placed-vm.ts';
import { isWindows } from '../place/guest-defaults.ts';
import { option, type QemuOption, type QemuValues } from './options.ts';

/** Machine, processors, memory and clock. */
export function machinePart(vm: PlacedVm): readonly QemuOption[] {
  const isX86 = vm.architecture === 'x86_64';
  return [
    option('machine', vm.machine, {
      accel: 'kvm',
      ...(isX86
        ? {
            smm: vm.firmware.isSecure === true,
            vmport: false,
            hpet: false,
            'kernel-irqchip': vm.viommu === 'intel' ? 'split' : undefined,
          }
        : { 'gic-version': 3, iommu: vm.viommu === 'smmuv3' ? 'smmuv3' : undefined }),
      'dump-guest-core': false,
      'mem-merge': false,
      'memory-backend': 'ram0',
    }),
    ...(vm.firmware.isSecure === true ? [option('global', undefined, SECURE_FLASH)] : []),
    cpuOption(vm),
    smpOption(vm),
    option('m', undefined, { size: `${vm.memory.mib}M` }),
    memoryOption(vm),
    ...(isX86
      ? [
          option('rtc', undefined, {
            base: isWindows(vm.guest) ? 'localtime' : 'utc',
            driftfix: 'slew',
          }),
          option('global', undefined, { 'kvm-pit.lost_tick_policy': 'delay' }),
        ]
      : []),
  ];
}

/** Only the firmware's code in system management mode writes the variables. */
const SECURE_FLASH: QemuValues = { driver: 'cfi.pflash01', property: 'secure', value: true };

function cpuOption({ cpu, architecture, hyperv, isHypervisorHidden }: PlacedVm): QemuOption {
  if (architecture !== 'x86_64') return option('cpu', 'host', {});
  return option('cpu', cpu.isHostModel ? 'host' : 'max', {
    migratable: false,
    'host-cache-info': true,
    'l3-cache': false,
    'host-phys-bits': cpu.hasHostAddressBits ? true : undefined,
    'host-phys-bits-limit': cpu.addressBitsLimit,
    topoext: cpu.hasTopoext ? true : undefined,
    ...(hyperv.length === 0 ? {} : { 'hv-time': true }),
    ...hyperv.map(hypervValues).reduce((all, one) => ({ ...all, ...one }), {}),
    kvm: isHypervisorHidden ? false : undefined,
  });
}

/** @see QEMU docs/system/i386/hyperv.rst */
function hypervValues(name: HypervFeature): QemuValues {
  switch (name) {
    case 'spinlocks':
      return { 'hv-spinlocks': '0x1fff' };
    case 'stimer':
      return { 'hv-stimer': true, 'hv-stimer-direct': true };
    case 'vendor_id':
      return { 'hv-vendor-id': 'airlock' };
    default:
      return { [`hv-${name}`]: true };
  }
}

function smpOption({ cpu: { count, topology } }: PlacedVm): QemuOption {
  return option('smp', String(count), {
    sockets: topology?.sockets,
    // Machines without dies refuse the word, whatever it says.
    dies: topology === undefined || topology.dies === 1 ? undefined : topology.dies,
    cores: topology?.cores,
    threads: topology?.threads,
  });
}

function memoryOption({ memory: { mib, pageKib, nodes } }: PlacedVm): QemuOption {
  const isHuge = pageKib !== undefined;
  return option('object', isHuge ? 'memory-backend-memfd' : 'memory-backend-ram', {
    id: 'ram0',
    size: `${mib}M`,
    ...(isHuge && { hugetlb: true, hugetlbsize: `${pageKib / 1024}M`, prealloc: true }),
    ...(nodes.length > 0 && { 'host-nodes': formatCpuList(nodes), policy: 'bind' }),
  });
}
