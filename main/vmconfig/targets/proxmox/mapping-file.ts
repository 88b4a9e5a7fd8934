import type { PlacedVm } from '../../../../shared/placed-vm.ts';
import type { VmFile } from '../../../../shared/vm-report.ts';
import type { HostCard } from '../../host-card.ts';
import { cardsOf } from './host-pci.ts';

/**
 * The cluster's names for the devices: a section for each card, and in it a line for each node that
 * has it.
 *
 * @returns `undefined` where no card is known well enough: Proxmox compares all three values.
 * @see Proxmox pve-guest-common, PVE/Mapping/PCI.pm
 */
export function mappingFile(vm: PlacedVm, cards: readonly HostCard[]): VmFile | undefined {
  const sections = cardsOf(vm).flatMap((functions, index) => {
    const first = cards.find(({ bdf }) => bdf === functions[0]?.bdf);
    if (first?.group === undefined) return [];
    const words = [
      `id=${first.ids}`,
      `iommugroup=${first.group}`,
      'node=NODE',
      `path=${functions.map(({ bdf }) => bdf).join(';')}`,
      ...(first.subsystem === undefined ? [] : [`subsystem-id=${first.subsystem}`]),
    ];
    return [`card${index}\n\tmap ${words.join(',')}\n`];
  });
  return sections.length === 0
    ? undefined
    : { name: 'pci.cfg', text: sections.join('\n'), language: 'text' };
}
