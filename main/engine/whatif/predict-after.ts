import type { Bdf } from '../../../shared/bdf.ts';
import type { Host } from '../../../shared/host.ts';
import type { Doubt, Grouping, IsolationGroup } from '../../../shared/isolation.ts';
import { ok, type Failure, type Result } from '../../../shared/result.ts';
import { groupingOf } from '../compute-grouping.ts';
import { makeContext, type EngineContext } from '../context.ts';
import { confidenceOf } from '../doubts.ts';
import { applyChange } from './apply-change.ts';
import type { Change, ChangeErrorCode } from './change.ts';
import { compareGroups, type GroupChange } from './compare-groups.ts';
import { startWorld, type Supposition, type World } from './world.ts';

/** A host's groups after changes, and how they came about. */
export interface Prediction {
  /**
   * The changed host. What plays no part in grouping (groups shown, drivers, labels of slots) is
   * still what the source said of the host before.
   */
  readonly host: Host;
  readonly context: EngineContext;
  /** Groups that rest on a supposition are `likely` at most and say which. */
  readonly grouping: Grouping;
  readonly before: {
    readonly context: EngineContext;
    readonly grouping: Grouping;
    /** False where the question is what switching the IOMMU on gives: then there are none. */
    readonly hasGroups: boolean;
  };
  /** Address in the source, by address after; functions that the changes brought are missing. */
  readonly origins: ReadonlyMap<Bdf, Bdf>;
  /** Each change as it was understood, in the order given. */
  readonly applied: readonly AppliedChange[];
  readonly suppositions: readonly Supposition[];
  readonly groupChanges: readonly GroupChange[];
}

export interface AppliedChange {
  readonly change: Change;
  readonly text: string;
}

/**
 * Predicts the groups of a host after changes, as the kernel would form them at its next start; VFs
 * are created after it. Never reads the groups that the host shows.
 *
 * @param changes - Applied in order. Addresses are those of the source.
 * @returns The changed host with its grouping, or why a change has no answer.
 */
export function predictAfter(
  host: Host,
  changes: readonly Change[],
): Result<Prediction, Failure<ChangeErrorCode>> {
  const applied: AppliedChange[] = [];
  let world = startWorld(host);
  for (const change of changes) {
    const step = applyChange(world, change);
    if (!step.ok) return step;
    world = step.value.world;
    applied.push({ change, text: step.value.text });
  }
  return ok(predict(host, world, applied));
}

function predict(host: Host, world: World, applied: readonly AppliedChange[]): Prediction {
  const beforeContext = makeContext(host);
  const beforeGrouping = groupingOf(beforeContext);
  const asksForIommu = applied.some(({ change }) => change.kind === 'iommu');
  const hasGroups = beforeGrouping.isActive || !asksForIommu;
  const before = hasGroups ? beforeGrouping.groups : [];
  const context = makeContext(world.host, world.options);
  const plain = groupingOf(context);
  const changed = compareGroups(before, plain.groups, world.origins).flatMap(({ after }) => after);
  const ids = new Set(changed.map(({ id }) => id));
  const groups = plain.groups.map((group) =>
    withSuppositions(
      group,
      ids.has(group.id) ? world.suppositions : supposedFor(group, world, context),
    ),
  );
  return {
    host: world.host,
    context,
    grouping: { ...plain, groups },
    before: { context: beforeContext, grouping: beforeGrouping, hasGroups },
    origins: world.origins,
    applied,
    suppositions: distinctByText(world.suppositions),
    groupChanges: compareGroups(before, groups, world.origins),
  };
}

/** What a group rests on that stayed as it was: facts of its members and of the bridges above them. */
function supposedFor(
  group: IsolationGroup,
  { suppositions }: World,
  { topology }: EngineContext,
): readonly Supposition[] {
  if (suppositions.every(({ about }) => about === undefined)) return [];
  const concerned = new Set<Bdf>();
  for (const member of group.members) {
    let at = topology.find(member);
    for (; at !== undefined && !concerned.has(at.bdf); at = at.parent) concerned.add(at.bdf);
  }
  return suppositions.filter(({ about }) => about !== undefined && concerned.has(about));
}

/** A group that rests on something supposed says so, and is `likely` at most. */
function withSuppositions(
  group: IsolationGroup,
  suppositions: readonly Supposition[],
): IsolationGroup {
  if (suppositions.length === 0) return group;
  const because = [...group.because, ...distinctByText(suppositions).map(asDoubt)];
  return { ...group, because, confidence: confidenceOf(because) };
}

function asDoubt({ text, about }: Supposition): Doubt {
  return { code: 'supposed', bdf: about, confidence: 'likely', text };
}

function distinctByText(suppositions: readonly Supposition[]): readonly Supposition[] {
  return [...new Map(suppositions.map((one) => [one.text, one])).values()];
}
