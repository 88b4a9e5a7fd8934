import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import { isUnreadable, known } from '../../../shared/fact.ts';
import type { HostDevice, PlacedCpu, PlacedDisk, PlacedVm } from '../../../shared/placed-vm.ts';
import type { MemoryNode } from '../../../shared/processors.ts';
import { failure, ok, type Failure, type Result } from '../../../shared/result.ts';
import type { VmWish } from '../../../shared/vm.ts';
import type { VmNote, VmStep } from '../../../shared/vm-report.ts';
import type { EngineContext } from '../../engine/context.ts';
import { sizeAbove4GiB, windowFor } from '../../engine/host-use/bars.ts';
import type { FunctionNode } from '../../engine/topology.ts';
import { driverOf, isVfioDriver } from '../../engine/viability.ts';
import { chooseMemory } from './choose-memory.ts';
import { chooseProcessors, type ProcessorChoice } from './choose-processors.ts';
import { placeDevices, PortAllocator } from './choose-slots.ts';
import { findDevices, type PlaceFailure } from './find-devices.ts';
import { chooseFirmware, hasTpm, hypervFor } from './guest-defaults.ts';
import { sharedMemoryFor } from './looking-glass.ts';

/** A machine with every place decided, and what a reader should know about the decisions. */
export interface Placement {
  readonly vm: PlacedVm;
  readonly steps: readonly VmStep[];
  readonly notes: readonly VmNote[];
}

const MIB = 1024 * 1024;
/** What OVMF keeps above 4 GiB unless it is told more. @see edk2 OvmfPkg/PlatformPei */
const USUAL_WINDOW_MIB = 32 * 1024;

/**
 * Places a wished machine on a host: the same wish and the same host give the same machine.
 *
 * @returns Fails where an address is not one of the host's devices, or where the host is of an
 *   architecture that no generator writes.
 */
export function placeVm(
  wish: VmWish,
  context: EngineContext,
): Result<Placement, Failure<PlaceFailure>> {
  const { host } = context;
  const architecture = known(host.iommu.architecture) ?? 'x86_64';
  if (architecture !== 'x86_64' && architecture !== 'aarch64') {
    return failure('bad-arguments', `No target is written for hosts of ${architecture}`);
  }
  const found = findDevices(wish, context);
  if (!found.ok) return found;
  const nodes = found.value.devices.flatMap((device) => nodeOf(device, context) ?? []);
  const ports = new PortAllocator();
  const managed = managedBy(wish, nodes);
  const hostDevices = placeDevices(found.value.devices, ports).map((device) =>
    device.kind === 'mdev' ? device : { ...device, isManaged: managed.isManaged },
  );
  const near = nearNode(nodes, context);
  const processors = wish.isPinned
    ? chooseProcessors(wish.cpus, host.machine?.processors, near)
    : { ...chooseProcessors(wish.cpus, undefined, undefined), notes: [] };
  const memory = chooseMemory(wish.memoryMib, wish.pages, host.machine?.memory, near);
  const disks = placeDisks(wish, ports, architecture === 'x86_64');
  const cpu = placeCpu(wish, processors, disks, context);
  const windowMib = windowOf(nodes);
  const sharedMemory = sharedMemoryFor(wish.display);
  const vm: PlacedVm = {
    name: wish.name,
    guest: wish.guest,
    architecture,
    machine: architecture === 'x86_64' ? 'q35' : 'virt',
    firmware: chooseFirmware(wish),
    ...(hasTpm(wish) && { tpm: architecture === 'x86_64' ? 'tpm-crb' : 'tpm-tis' }),
    cpu,
    memory: memory.memory,
    // Of x86 alone.
    hyperv: architecture === 'x86_64' ? hypervFor(wish.guest, wish.isHypervisorHidden) : [],
    isHypervisorHidden: wish.isHypervisorHidden,
    hostDevices,
    disks,
    networks: placeNetworks(wish, ports),
    usb: { at: ports.next() },
    ports: ports.ports,
    display: wish.display.kind,
    evdev: evdevOf(wish),
    ...(sharedMemory && { sharedMemory }),
    ...(wish.viommu !== 'none' && { viommu: wish.viommu }),
    ...(windowMib > USUAL_WINDOW_MIB && { mmio64Mib: windowMib }),
    hasBalloon: false,
  };
  const notes = [
    ...companionNotes(found.value.companions, vm),
    ...managed.notes.map(noteAt('hostDevices')),
    ...processors.notes.map(noteAt('cpu')),
    ...memory.notes.map(noteAt('memory')),
    ...nodeNotes(nodes),
  ];
  return ok({ vm, steps: memory.steps, notes });
}

function noteAt(path: string) {
  return (text: string): VmNote => ({ path, text });
}

function nodeOf(device: HostDevice, { topology }: EngineContext): FunctionNode | undefined {
  return device.kind === 'mdev' ? undefined : topology.find(device.bdf);
}

/** The NUMA node of the first device that has one, on a host with several. */
function nearNode(nodes: readonly FunctionNode[], { host }: EngineContext): MemoryNode | undefined {
  const all = known(host.machine?.memory.nodes) ?? [];
  if (all.length < 2) return undefined;
  const id = nodes.map(numaNodeOf).find((one) => one !== undefined);
  return all.find((node) => node.id === id);
}

function numaNodeOf({ fn }: FunctionNode): number | undefined {
  return known(fn.details?.numaNode);
}

function nodeNotes(nodes: readonly FunctionNode[]): readonly VmNote[] {
  const ids = new Set(nodes.map(numaNodeOf).filter((id) => id !== undefined));
  return ids.size < 2
    ? []
    : [
        {
          path: 'hostDevices',
          text: `The devices are on NUMA nodes ${[...ids].join(' and ')}: processors and memory are taken beside the first.`,
        },
      ];
}

/** What VFIO has already needs nobody to move it; otherwise libvirt does, and moves it back. */
function managedBy(wish: VmWish, nodes: readonly FunctionNode[]) {
  if (wish.isManaged !== undefined) return { isManaged: wish.isManaged, notes: [] };
  const drivers = nodes.map(driverOf);
  const isVfio = (driver: unknown) => typeof driver === 'string' && isVfioDriver(driver);
  const isManaged = !drivers.every(isVfio) || drivers.length === 0;
  return {
    isManaged,
    notes:
      isManaged && drivers.some(isVfio)
        ? [
            'Some of the devices are with VFIO and some are not: libvirt is asked to move all, and gives all to host drivers when the VM ends.',
          ]
        : drivers.some(isUnreadable)
          ? ['The driver of a device could not be read: libvirt is asked to move it to VFIO.']
          : [],
  };
}

function placeDisks(wish: VmWish, ports: PortAllocator, hasSata: boolean): readonly PlacedDisk[] {
  const units = new Map<string, number>();
  return wish.disks.map((disk, index) => {
    const bus = disk.device === 'disk' ? 'virtio' : hasSata ? 'sata' : 'usb';
    const unit = units.get(bus) ?? 0;
    units.set(bus, unit + 1);
    const order = disksFirst(wish) + index;
    return {
      ...disk,
      bus,
      unit,
      bootOrder: order,
      ...(bus === 'virtio' && { at: ports.next(), ioThread: 1 }),
    };
  });
}

function placeNetworks({ networks }: VmWish, ports: PortAllocator): PlacedVm['networks'] {
  return networks.map(({ kind, name, mac }) => ({
    kind,
    ...(name !== undefined && { name }),
    ...(mac !== undefined && { mac: mac.toLowerCase() }),
    model: 'virtio',
    at: ports.next(),
  }));
}

/** Devices whose boot order is said come before the disks. */
function disksFirst({ devices }: VmWish): number {
  const orders = devices.map((device) => (device.kind === 'pci' ? (device.bootOrder ?? 0) : 0));
  return Math.max(0, ...orders) + 1;
}

function placeCpu(
  wish: VmWish,
  { topology, pins, restCpus }: ProcessorChoice,
  disks: readonly PlacedDisk[],
  { host }: EngineContext,
): PlacedCpu {
  const bits = known(host.machine?.hypervisor.iommuAddressBits);
  return {
    count: wish.cpus,
    topology,
    pins,
    emulatorCpus: restCpus,
    ioThreads: disks.some(({ ioThread }) => ioThread !== undefined) ? [{ cpus: restCpus }] : [],
    isHostModel: true,
    hasTopoext: known(host.iommu.cpuVendor) === 'AuthenticAMD' && topology.threads > 1,
    hasHostAddressBits: known(host.iommu.architecture) !== 'aarch64',
    ...(bits !== undefined && bits < 46 && { addressBitsLimit: bits }),
  };
}

function windowOf(nodes: readonly FunctionNode[]): number {
  const bytes = nodes.reduce((sum, node) => sum + sizeAbove4GiB(node), 0);
  return bytes === 0 ? 0 : windowFor(bytes) / MIB;
}

function evdevOf({ input }: VmWish): PlacedVm['evdev'] {
  if (input.kind !== 'evdev') return [];
  return [
    { path: input.keyboard, kind: 'keyboard' },
    ...(input.mouse === undefined ? [] : [{ path: input.mouse, kind: 'mouse' as const }]),
  ];
}

function companionNotes(companions: readonly Bdf[], { hostDevices }: PlacedVm): readonly VmNote[] {
  return companions.map((bdf) => ({
    path: `hostDevices[${hostDevices.findIndex((one) => one.kind !== 'mdev' && one.bdf === bdf)}]`,
    text: `${shortBdf(bdf)} goes along: it is a function of a card that was asked for.`,
  }));
}
