import { formatCpuList } from '../../../shared/cpu-list.ts';
import { known } from '../../../shared/fact.ts';
import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { MemoryNode } from '../../../shared/processors.ts';
import type { VmFinding } from '../../../shared/vm-report.ts';
import type { EngineContext } from '../../engine/context.ts';
import { sizeAbove4GiB, windowFor } from '../../engine/host-use/bars.ts';
import { nodesOf } from './host-nodes.ts';
import { vmFinding } from './vm-finding.ts';

const GIB_IN_MIB = 1024;
const MIB = 1024 * 1024;

/** Pins to processors that are not there: libvirt finds out when the VM starts. */
export function findAbsentCpus({ cpu }: PlacedVm, { host }: EngineContext): readonly VmFinding[] {
  const online = known(host.machine?.processors.online);
  if (online === undefined) return [];
  const lists = [
    ...cpu.pins.map(({ cpus }, index) => ({ path: `cpu.pins[${index}].cpus`, cpus })),
    { path: 'cpu.emulatorCpus', cpus: cpu.emulatorCpus },
    ...cpu.ioThreads.map(({ cpus }, index) => ({ path: `cpu.ioThreads[${index}].cpus`, cpus })),
  ];
  const absent = lists.flatMap(({ path, cpus }) => {
    const missing = cpus.filter((one) => !online.includes(one));
    if (missing.length === 0) return [];
    return [
      vmFinding('pin-to-no-cpu', 'stop', {
        path,
        text: `The host has no processor ${formatCpuList(missing)}; online are ${formatCpuList(online)}. The tools accept it until the VM starts.`,
        remedy: 'Pin to processors that are online.',
      }),
    ];
  });
  if (cpu.count <= online.length) return absent;
  return [
    ...absent,
    vmFinding('more-vcpus-than-cpus', 'risk', {
      path: 'cpu.count',
      text: `The guest has ${cpu.count} processors and the host ${online.length}.`,
      remedy: 'Give the guest fewer than the host has.',
    }),
  ];
}

/** Threads of one guest core that are no threads of one host core mislead the guest's scheduler. */
export function findSplitCores({ cpu }: PlacedVm, { host }: EngineContext): readonly VmFinding[] {
  const processors = known(host.machine?.processors.processors);
  if (processors === undefined || cpu.topology?.threads !== 2) return [];
  const cpuOf = (vcpu: number) => cpu.pins.find((pin) => pin.vcpu === vcpu)?.cpus;
  const split = Array.from({ length: cpu.count / 2 }, (_, core) => core).filter((core) => {
    const [first, second] = [cpuOf(2 * core), cpuOf(2 * core + 1)];
    if (first?.length !== 1 || second?.length !== 1) return false;
    const siblings = known(processors.find(({ number }) => number === first[0])?.siblings);
    return siblings !== undefined && !siblings.includes(second[0] ?? -1);
  });
  if (split.length === 0) return [];
  return [
    vmFinding('pins-split-cores', 'risk', {
      path: 'cpu.pins',
      text: `The guest takes processors ${split.map((core) => `${2 * core} and ${2 * core + 1}`).join(', ')} for threads of one core, and on the host they are not.`,
      remedy: 'Pin such pairs to the threads of one core: thread_siblings_list names them.',
    }),
  ];
}

export function findMemoryTrouble(vm: PlacedVm, context: EngineContext): readonly VmFinding[] {
  const facts = context.host.machine?.memory;
  const { memory } = vm;
  const nodes = known(facts?.nodes);
  const totalKib = known(facts?.totalKib);
  const absent =
    nodes === undefined ? [] : memory.nodes.filter((id) => !nodes.some((one) => one.id === id));
  return [
    ...(totalKib !== undefined && memory.mib * 1024 > totalKib
      ? [
          vmFinding('memory-exceeds-host', 'stop', {
            path: 'memory.mib',
            text: `The guest has ${memory.mib} MiB and the host ${Math.floor(totalKib / 1024)}. With devices of the host all of it is pinned.`,
            remedy: 'Leave the host some gigabytes.',
          }),
        ]
      : []),
    ...(absent.length > 0
      ? [
          vmFinding('no-such-node', 'stop', {
            path: 'memory.nodes',
            text: `The host has no NUMA node ${formatCpuList(absent)}.`,
            remedy: 'Name nodes that the host has.',
          }),
        ]
      : hugepageGap(vm, nodes, context)),
  ];
}

function hugepageGap(
  { memory }: PlacedVm,
  nodes: readonly MemoryNode[] | undefined,
  { host }: EngineContext,
): readonly VmFinding[] {
  const { pageKib, mib } = memory;
  if (pageKib === undefined) return [];
  const near = nodes?.filter(({ id }) => memory.nodes.includes(id)) ?? [];
  const lists =
    near.length > 0 ? near.map(({ pools }) => known(pools)) : [known(host.machine?.memory.pools)];
  if (lists.some((list) => list === undefined)) return [];
  const free = lists
    .flatMap((list) => list ?? [])
    .filter((pool) => pool.pageKib === pageKib)
    .reduce((sum, pool) => sum + (known(pool.free) ?? 0), 0);
  const wanted = Math.ceil((mib * 1024) / pageKib);
  if (free >= wanted) return [];
  return [
    vmFinding('hugepages-missing', 'risk', {
      path: 'memory.pageKib',
      text: `The guest needs ${wanted} pages of ${pageKib} KiB, and ${free} are free: it does not start.`,
      remedy: 'Reserve them first; the steps beside the configuration say how.',
    }),
  ];
}

/** A device whose memory or processors are on another node reaches them over the link between. */
export function findFarDevices(vm: PlacedVm, context: EngineContext): readonly VmFinding[] {
  const nodes = known(context.host.machine?.memory.nodes) ?? [];
  if (nodes.length < 2) return [];
  const pinned = new Set(vm.cpu.pins.flatMap(({ cpus }) => cpus));
  const used = nodes.filter(({ cpus }) => (known(cpus) ?? []).some((one) => pinned.has(one)));
  const guestNodes = new Set([...vm.memory.nodes, ...used.map(({ id }) => id)]);
  if (guestNodes.size === 0) return [];
  return nodesOf(vm, context).flatMap(({ node, index }) => {
    const own = known(node.fn.details?.numaNode);
    if (own === undefined || guestNodes.has(own)) return [];
    return [
      vmFinding('far-from-device', 'note', {
        path: `hostDevices[${index}]`,
        text: `${node.bdf} is on NUMA node ${own}, and the guest's processors and memory on ${[...guestNodes].join(' and ')}.`,
        remedy: `Take processors and memory of node ${own}.`,
      }),
    ];
  });
}

/** @see edk2 OvmfPkg/PlatformPei: 32 GiB unless the firmware sizes the window itself */
export function findSmallWindow(vm: PlacedVm, context: EngineContext): readonly VmFinding[] {
  const bytes = nodesOf(vm, context).reduce((sum, { node }) => sum + sizeAbove4GiB(node), 0);
  const wantedMib = bytes === 0 ? 0 : windowFor(bytes) / MIB;
  const hasMib = vm.mmio64Mib ?? 32 * GIB_IN_MIB;
  if (wantedMib <= hasMib) return [];
  return [
    vmFinding('window-too-small', 'risk', {
      path: 'mmio64Mib',
      text: `The BARs of the devices need a window of ${wantedMib / GIB_IN_MIB} GiB above 4 GiB, and older firmware keeps ${hasMib / GIB_IN_MIB} GiB.`,
      remedy: `Set opt/ovmf/X-PciMmio64Mb to ${wantedMib}, and give the guest the address width of the host.`,
    }),
  ];
}
