import { compareBdf, type Bdf } from '../../shared/bdf.ts';
import type { Host } from '../../shared/host.ts';
import type {
  Doubt,
  Grouping,
  IsolationGroup,
  Placement,
  ProviderKind,
} from '../../shared/isolation.ts';
import { makeContext, type EngineContext, type GroupingOptions } from './context.ts';
import { coverageOf } from './coverage.ts';
import { confidenceOf, distinctDoubts, NO_DOUBTS } from './doubts.ts';
import { formPciGroups, type Assignment } from './pci-groups.ts';
import { formPowernvGroups, formPseriesGroups, formS390Groups } from './power-groups.ts';
import type { FunctionNode } from './topology.ts';

/**
 * Predicts the isolation groups of a host. Never reads the groups that the host shows.
 *
 * @param options - Changes to the world, for what-if questions.
 * @returns Groups in the order in which they come into being, a placement with its reason for each
 *   function, and the functions that no IOMMU covers.
 */
export function computeGrouping(host: Host, options: GroupingOptions = {}): Grouping {
  return groupingOf(makeContext(host, options));
}

/** The same, for callers that go on to ask the context. */
export function groupingOf(context: EngineContext): Grouping {
  const coverage = coverageOf(context);
  const form = FORMERS[context.iommu.provider];
  const assigned = form(context, coverage.isCovered);
  const placements = new Map<Bdf, Placement>();
  const notCovered: Bdf[] = [];
  for (const node of context.topology.nodes) {
    const assignment = assigned.get(node.index);
    if (assignment === undefined) notCovered.push(node.bdf);
    placements.set(node.bdf, placementOf(node, assignment, coverage.why));
  }
  return {
    provider: context.iommu.provider,
    isActive: context.iommu.isActive,
    basis: context.basis,
    groups: collectGroups(context, assigned),
    placements,
    notCovered: notCovered.sort(compareBdf),
  };
}

type Former = (
  context: EngineContext,
  isCovered: (node: FunctionNode) => boolean,
) => ReadonlyMap<number, Assignment>;

/** Each IOMMU driver decides its groups; most ask for the PCI rules. */
const FORMERS: Readonly<Record<ProviderKind, Former>> = {
  'intel-vtd': formPciGroups,
  'amd-vi': formPciGroups,
  'smmu-v2': formPciGroups,
  'smmu-v3': formPciGroups,
  'virtio-iommu': formPciGroups,
  'power-powernv': formPowernvGroups,
  'power-pseries': formPseriesGroups,
  s390: formS390Groups,
  generic: formPciGroups,
  none: formPciGroups,
};

function placementOf(
  node: FunctionNode,
  assignment: Assignment | undefined,
  whyNot: (node: FunctionNode) => string,
): Placement {
  if (assignment) {
    const { group, reason, doubts } = assignment;
    return { bdf: node.bdf, groupId: `p${group}`, reason, doubts };
  }
  return {
    bdf: node.bdf,
    groupId: undefined,
    reason: { kind: 'not-covered', rule: 'GR-30', text: whyNot(node) },
    doubts: NO_DOUBTS,
  };
}

function collectGroups(
  context: EngineContext,
  assigned: ReadonlyMap<number, Assignment>,
): readonly IsolationGroup[] {
  const collected = new Map<number, { members: Bdf[]; doubts: Doubt[] }>();
  for (const node of context.topology.nodes) {
    const assignment = assigned.get(node.index);
    if (assignment === undefined) continue;
    const group = collected.get(assignment.group) ?? { members: [], doubts: [] };
    collected.set(assignment.group, group);
    group.members.push(node.bdf);
    group.doubts.push(...assignment.doubts);
  }
  return [...collected].map(([number, { members, doubts }]) => {
    const because = distinctDoubts(doubts);
    return {
      id: `p${number}`,
      members: members.sort(compareBdf),
      confidence: confidenceOf(because),
      because,
    };
  });
}
