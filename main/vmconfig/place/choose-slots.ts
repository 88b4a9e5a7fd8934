import type { Bdf } from '../../../shared/bdf.ts';
import type { GuestAddress, HostDevice, RootPort } from '../../../shared/placed-vm.ts';

/** Root ports share slots of the root bus, eight to each; 0 is the host bridge, 1 the screen. */
const FIRST_SLOT = 2;

/** Gives out root ports, one for each card or emulated device. */
export class PortAllocator {
  readonly ports: RootPort[] = [];

  /** A new port; the address is function 0 of the only slot below it. */
  next(): GuestAddress {
    const index = this.ports.length + 1;
    this.ports.push({
      index,
      chassis: index,
      at: {
        bus: 0,
        slot: FIRST_SLOT + Math.floor((index - 1) / 8),
        function: (index - 1) % 8,
      },
    });
    return { bus: index, slot: 0, function: 0 };
  }
}

/**
 * Gives devices of the host their places: the functions of one card stay one multifunction device
 * below one root port, with the numbers that they have; everything else has a port of its own.
 */
export function placeDevices(
  devices: readonly HostDevice[],
  ports: PortAllocator,
): readonly HostDevice[] {
  const cards = Map.groupBy(devices, cardOf);
  return [...cards.values()].flatMap((card) => placeCard(card, ports.next()));
}

function cardOf(device: HostDevice): string {
  if (device.kind === 'mdev') return device.uuid;
  return device.kind === 'vf' ? device.bdf : device.bdf.slice(0, -2);
}

/** Without function 0 a guest never looks for the others, so the first of them takes its place. */
function placeCard(card: readonly HostDevice[], at: GuestAddress): readonly HostDevice[] {
  const [only] = card;
  if (only !== undefined && (card.length === 1 || only.kind !== 'pci')) return [{ ...only, at }];
  const sorted = card
    .filter((device) => device.kind === 'pci')
    .sort((a, b) => functionOf(a.bdf) - functionOf(b.bdf));
  const hasFirst = sorted.some(({ bdf }) => functionOf(bdf) === 0);
  return sorted.map((device, index) => {
    const number = hasFirst ? functionOf(device.bdf) : index;
    return { ...device, isMultifunction: number === 0, at: { ...at, function: number } };
  });
}

function functionOf(bdf: Bdf): number {
  return Number(bdf.slice(-1));
}
