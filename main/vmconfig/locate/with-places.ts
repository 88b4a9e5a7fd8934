import type { PlacedVm } from '../../../shared/placed-vm.ts';
import type { VmFile, VmFinding } from '../../../shared/vm-report.ts';
import type { HostCard } from '../host-card.ts';
import { domainPlaces } from './domain-places.ts';
import { linePlaces } from './line-places.ts';

/**
 * Says of each finding beside which lines it belongs.
 *
 * @param files - The texts of the machine: what a target made, or one that exists.
 * @param cards - For targets that name devices by their ids.
 * @returns The findings in their order. One that no line is about, because the text says nothing of
 *   its kind or because it is about the whole, stays without a place.
 */
export function withPlaces(
  findings: readonly VmFinding[],
  vm: PlacedVm,
  files: readonly Pick<VmFile, 'text' | 'language'>[],
  cards: readonly HostCard[] = [],
): readonly VmFinding[] {
  if (findings.length === 0) return findings;
  const finders = files.map(({ text, language }) =>
    language === 'xml' ? domainPlaces(text, vm) : linePlaces(text, vm, cards),
  );
  return findings.map((finding) => {
    for (const [file, find] of finders.entries()) {
      const place = find(finding.path);
      if (place !== undefined) return { ...finding, place: { file, ...place } };
    }
    return finding;
  });
}
