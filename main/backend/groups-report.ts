import { known } from '../../shared/fact.ts';
import type { GroupsReport } from '../../shared/groups-report.ts';
import type { Difference, Doubt } from '../../shared/isolation.ts';
import type { DifferenceView, DoubtView } from '../../shared/view.ts';
import type { Analysis } from './analyse.ts';
import { fullStop } from './full-stop.ts';

/** The document of `airlock groups --json`. */
export function groupsReport({ host, grouping, differences }: Analysis): GroupsReport {
  const kernel = known(host.kernelRelease);
  const observed = known(host.observedGroups);
  const showsGroups = observed !== undefined && observed.length > 0;
  return {
    source: {
      kind: host.source.kind,
      name: host.source.name,
      ...(kernel !== undefined && { kernel }),
    },
    iommu: { provider: grouping.provider, active: grouping.isActive },
    basis: grouping.basis,
    ...(showsGroups && {
      observed: observed.map(({ id, members }) => ({ id, members: [...members] })),
    }),
    predicted: grouping.groups.map(({ id, members, confidence, because }) => ({
      id,
      members: [...members],
      confidence,
      because: because.map(doubtView),
    })),
    notCovered: [...grouping.notCovered],
    differences: differences.map(differenceView),
    problems: host.problems.map((problem) => ({ ...problem })),
  };
}

export function doubtView({ code, bdf, confidence, text, command }: Doubt): DoubtView {
  return {
    code,
    ...(bdf !== undefined && { bdf }),
    confidence,
    text: fullStop(text),
    ...(command !== undefined && { command }),
  };
}

export function differenceView({ members, code, evidence, text }: Difference): DifferenceView {
  return { members: [...members], code, evidence, text: fullStop(text) };
}
