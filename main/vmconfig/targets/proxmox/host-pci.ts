import { compareBdf } from '../../../../shared/bdf.ts';
import type { HostDevice, PciHostDevice, PlacedVm } from '../../../../shared/placed-vm.ts';
import type { VmNote } from '../../../../shared/vm-report.ts';
import type { ProxmoxOption } from './proxmox-option.ts';

/** Proxmox counts from 0 and knows sixteen. */
const MOST = 16;

type Addressed = Exclude<HostDevice, { kind: 'mdev' }>;

/**
 * `hostpciN`, one for each card: Proxmox makes the functions of one value one device of the guest,
 * numbered from 0 in their order.
 *
 * @see Proxmox qemu-server, PVE/QemuServer/PCI.pm
 */
export function hostPciOptions(vm: PlacedVm): readonly ProxmoxOption[] {
  return cardsOf(vm)
    .slice(0, MOST)
    .map((card, index) => ({ key: `hostpci${index}`, value: valueOf(card, vm) }));
}

/** Functions that are one device of the guest, the first one first. */
export function cardsOf({ hostDevices }: PlacedVm): readonly (readonly Addressed[])[] {
  const addressed = hostDevices.filter((device) => device.kind !== 'mdev');
  const cards = Map.groupBy(addressed, ({ bdf, at }) =>
    at === undefined ? bdf : `${at.bus}:${at.slot}`,
  );
  return [...cards.values()].map((card) => card.toSorted(byPlace));
}

function byPlace(a: Addressed, b: Addressed): number {
  return (a.at?.function ?? 0) - (b.at?.function ?? 0) || compareBdf(a.bdf, b.bdf);
}

/** ROM and boot order are those of the first function: Proxmox applies them to no other. */
function valueOf(card: readonly Addressed[], vm: PlacedVm): string {
  const [first] = card;
  const isPicture = vm.display === 'gpu' && card.some(isGpu) && isFirstPicture(card, vm);
  return [
    card.map(({ bdf }) => bdf).join(';'),
    ...(vm.machine === 'q35' ? ['pcie=1'] : []),
    ...(isPicture ? ['x-vga=1'] : []),
    ...(first?.kind === 'pci' ? romWords(first) : []),
  ].join(',');
}

function isGpu(device: HostDevice): boolean {
  return device.kind === 'pci' && device.role === 'gpu';
}

function isFirstPicture(card: readonly Addressed[], vm: PlacedVm): boolean {
  return card.some((device) => device === vm.hostDevices.find(isGpu));
}

function romWords({ rom }: PciHostDevice): readonly string[] {
  if (rom.kind === 'hidden') return ['rombar=0'];
  const isWritable = rom.kind === 'file' && !rom.path.includes(',');
  return isWritable ? [`romfile=${romName(rom.path)}`] : [];
}

function romName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

const ROM_FOLDER = '/usr/share/kvm/';

export function romNotes(vm: PlacedVm): readonly VmNote[] {
  const firsts = new Set(cardsOf(vm).map(([first]) => first));
  const surplus = cardsOf(vm).length - MOST;
  return [
    ...vm.hostDevices.flatMap((device, index): readonly VmNote[] => {
      if (device.kind !== 'pci' || device.rom.kind === 'device') return [];
      const path = `hostDevices[${index}].rom`;
      if (!firsts.has(device)) {
        return [
          { path, text: 'Proxmox applies what is said of a ROM to the first function only.' },
        ];
      }
      return device.rom.kind === 'file' && !device.rom.path.startsWith(ROM_FOLDER)
        ? [{ path, text: `Proxmox looks for ROM files in ${ROM_FOLDER}: copy ${device.rom.path}.` }]
        : [];
    }),
    ...(surplus > 0
      ? [
          {
            path: 'hostDevices',
            text: `Proxmox gives a machine ${MOST} devices at most: ${surplus} are left out.`,
          },
        ]
      : []),
  ];
}
