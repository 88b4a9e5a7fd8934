import { shortBdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { Finding } from '../../../shared/verdict.ts';
import { parseAcsOverride } from '../acs-override.ts';
import { listNames, makeFinding } from './make-finding.ts';
import type { UseContext } from './use-context.ts';

/**
 * GR-14: with `pcie_acs_override=` the kernel shows smaller groups than the hardware gives. The
 * prediction never includes it, so the difference is what it hides.
 */
export function findOverride({ engine, grouping, members, moves }: UseContext): readonly Finding[] {
  const commandLine = known(engine.host.commandLine) ?? '';
  if (parseAcsOverride(commandLine) === undefined) return [];
  const shown = new Set(members);
  const ids = new Set(moves.map(({ bdf }) => grouping.placements.get(bdf)?.groupId));
  const hidden = grouping.groups
    .filter(({ id }) => ids.has(id))
    .flatMap((group) => group.members.filter((member) => !shown.has(member)));
  const word = commandLine.split(/\s+/).findLast((part) => part.startsWith('pcie_acs_override='));
  const evidence = `proc/cmdline: ${word ?? ''}`;
  if (hidden.length === 0) {
    return [
      makeFinding('acs-override', 'note', moves, {
        title: 'pcie_acs_override is on the kernel command line',
        text: 'It hides nothing of these functions: their group is the same without it',
        evidence,
      }),
    ];
  }
  return [
    makeFinding('acs-override', 'risk', moves, {
      title: `pcie_acs_override hides that ${listNames(hidden.map(shortBdf))} ${hidden.length === 1 ? 'is' : 'are'} not isolated from ${listNames(moves.map(({ bdf }) => shortBdf(bdf)))}`,
      text: 'A guest may reach those functions, and they the memory of the guest, without the IOMMU seeing it. Do not rely on it between guests that do not trust each other',
      evidence,
    }),
  ];
}
