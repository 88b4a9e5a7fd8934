import type { GuestAddress, HostDevice, PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmFinding } from '../../../shared/vm-report.ts';
import { repeated, vmFinding } from './vm-finding.ts';

/** A device of the guest that has a place, with its path in the model. */
interface Placed {
  readonly path: string;
  readonly at: GuestAddress;
}

/** Two things at one place: no tool starts such a machine. */
export function findTakenPlaces(vm: PlacedVm): readonly VmFinding[] {
  const all = placesOf(vm);
  return repeated(all, ({ at }) => placeText(at)).flatMap((index) => {
    const one = all[index];
    return one === undefined
      ? []
      : [
          vmFinding('place-taken', 'stop', {
            path: `${one.path}.at`,
            text: `Two devices are to be at ${placeText(one.at)} of the guest.`,
            remedy: 'Give each of them a place of its own.',
          }),
        ];
  });
}

/**
 * Only slots with a device of the host: a configuration has others that the model does not know, such as
 * the companions of a USB controller at function 7, whose function 0 is one of them.
 *
 * @see PCI Local Bus Specification, "Configuration Space Decoding": function 0 tells of the others
 */
export function findMissingFirst(vm: PlacedVm): readonly VmFinding[] {
  const all = placesOf(vm);
  const slots = Map.groupBy(all, ({ at }) => `${at.bus}:${at.slot}`);
  return [...slots.values()].flatMap((slot) => {
    const [first] = slot;
    const isOfHost = slot.some(({ path }) => path.startsWith('hostDevices['));
    if (first === undefined || !isOfHost || slot.some(({ at }) => at.function === 0)) return [];
    return [
      vmFinding('no-function-0', 'stop', {
        path: `${first.path}.at`,
        text: `The guest's slot ${first.at.bus}:${first.at.slot} has function ${first.at.function} and no function 0: the guest does not look for it. Every tool accepts that.`,
        remedy: 'Put one of the functions at function 0.',
      }),
    ];
  });
}

/** libvirt adds what is missing, QEMU refuses to start. */
export function findSingleFunctions({ hostDevices }: PlacedVm): readonly VmFinding[] {
  return hostDevices.flatMap((device, index) => {
    const { at } = device;
    if (device.kind !== 'pci' || at?.function !== 0 || device.isMultifunction) return [];
    const others = hostDevices.filter(
      (other) => other !== device && other.at?.bus === at.bus && other.at.slot === at.slot,
    );
    if (others.length === 0) return [];
    return [
      vmFinding('not-multifunction', 'risk', {
        path: `hostDevices[${index}].isMultifunction`,
        text: `Function 0 of slot ${at.bus}:${at.slot} does not say that more follow: plain QEMU refuses the others.`,
        remedy: 'Mark function 0 as multifunction.',
      }),
    ];
  });
}

/** @see QEMU hw/pci/pcie_port.c: a port has one slot below it, and QEMU does not check */
export function findWrongSlots(vm: PlacedVm): readonly VmFinding[] {
  if (vm.machine === 'pc') return [];
  return placesOf(vm)
    .filter(({ at }) => at.bus !== 0 && at.slot !== 0 && hasPort(vm, at.bus))
    .map(({ path, at }) =>
      vmFinding('slot-below-port', 'stop', {
        path: `${path}.at.slot`,
        text: `Slot ${at.slot} below root port ${at.bus} does not exist: a root port has slot 0 only. libvirt refuses it, QEMU does not.`,
        remedy: 'Use slot 0, or a root port more.',
      }),
    );
}

function hasPort({ ports }: PlacedVm, bus: number): boolean {
  return ports.some(({ index }) => index === bus);
}

/** On the root bus a device is a part of the root complex, without a link. */
export function findRootBusDevices({ hostDevices, machine }: PlacedVm): readonly VmFinding[] {
  return hostDevices.flatMap((device, index) => {
    if (device.at?.bus !== 0 || machine === 'pc' || device.kind === 'mdev') return [];
    const isGpu = device.kind === 'pci' && device.role === 'gpu';
    return [
      vmFinding('on-root-bus', isGpu ? 'risk' : 'note', {
        path: `hostDevices[${index}].at.bus`,
        text: `${device.bdf} is on the root bus, where the guest sees it without a PCI Express link${isGpu ? ': drivers of graphics cards expect one' : ''}.`,
        remedy: 'Put it below a root port.',
      }),
    ];
  });
}

/**
 * Most drivers do not look beside their function. Linux does for the power of a card: it links audio
 * and USB to the graphics of the same slot.
 *
 * @see Linux v6.12 drivers/pci/quirks.c, `pci_create_device_link()`
 */
export function findScatteredCards({ hostDevices }: PlacedVm): readonly VmFinding[] {
  const cards = Map.groupBy(hostDevices, cardOf);
  return [...cards].flatMap(([card, devices]) => {
    const slots = new Set(devices.flatMap(({ at }) => (at ? [`${at.bus}:${at.slot}`] : [])));
    if (card === '' || slots.size < 2) return [];
    return [
      vmFinding('card-scattered', 'note', {
        path: 'hostDevices',
        text: `The functions of the card at ${card} are in ${slots.size} slots of the guest. Most drivers do not mind; some look for the others of their card in their own slot.`,
        remedy: 'Put them into one slot, with the function numbers that they have on the host.',
      }),
    ];
  });
}

function cardOf(device: HostDevice): string {
  return device.kind === 'pci' ? device.bdf.slice(0, -2) : '';
}

/** @see QEMU hw/pci/pcie_port.c, `pcie_chassis_add_slot()` */
export function findSharedChassis({ ports }: PlacedVm): readonly VmFinding[] {
  return repeated(ports, ({ chassis }) => chassis?.toString()).map((index) =>
    vmFinding('chassis-twice', 'stop', {
      path: `ports[${index}].chassis`,
      text: `Two root ports have chassis ${ports[index]?.chassis}: QEMU does not start.`,
      remedy: 'Number the chassis of root ports one by one.',
    }),
  );
}

function placesOf(vm: PlacedVm): readonly Placed[] {
  const lists = {
    hostDevices: vm.hostDevices,
    disks: vm.disks,
    networks: vm.networks,
    ports: vm.ports,
  };
  const listed = Object.entries(lists).flatMap(([name, items]) =>
    items.flatMap(({ at }, index) => (at ? [{ path: `${name}[${index}]`, at }] : [])),
  );
  return vm.usb?.at ? [...listed, { path: 'usb', at: vm.usb.at }] : listed;
}

function placeText({ bus, slot, function: number }: GuestAddress): string {
  return `${bus}:${slot}.${number}`;
}
