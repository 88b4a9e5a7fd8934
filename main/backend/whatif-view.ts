import { compareBdf, type Bdf } from '../../shared/bdf.ts';
import type { FailureCode } from '../../shared/contract.ts';
import { known } from '../../shared/fact.ts';
import type { Grouping, IsolationGroup } from '../../shared/isolation.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { GroupChangeView, WhatifReport } from '../../shared/whatif-report.ts';
import type { EngineContext } from '../engine/context.ts';
import { summarizePlacement } from '../engine/explain.ts';
import { OVERRIDE_WARNING } from '../engine/whatif/apply-change.ts';
import { versionName } from '../engine/whatif/change-kernel.ts';
import type { GroupChange } from '../engine/whatif/compare-groups.ts';
import { looksLikeChange, parseChanges } from '../engine/whatif/parse-change.ts';
import { predictAfter, type Prediction } from '../engine/whatif/predict-after.ts';
import { roleOf } from '../engine/words.ts';
import type { Analysis } from './analyse.ts';
import { fullStop } from './full-stop.ts';
import { doubtView } from './groups-report.ts';

/** Sentences for one changed set of groups: enough to understand it, not one for each of 256 VFs. */
const MAX_SENTENCES = 8;

/**
 * Answers what changes would do to the groups of a host: the document of `airlock whatif --json`.
 *
 * @param words - Changes as typed: `move=01:00.0:00:1c.4`.
 */
export function whatifView(
  analysis: Analysis,
  words: readonly string[],
): Result<WhatifReport, Failure<FailureCode>> {
  const changes = parseChanges(words);
  if (!changes.ok) return failure('bad-arguments', changes.error.message);
  const predicted = predictAfter(analysis.host, changes.value);
  if (predicted.ok) return ok(asReport(analysis, predicted.value));
  const { code, message } = predicted.error;
  return failure(code === 'unknown-function' ? code : 'bad-arguments', message);
}

/** Whether a word of a command line is a change and not the name of a source. */
export function isChangeWord(word: string): boolean {
  return looksLikeChange(word);
}

function asReport(analysis: Analysis, prediction: Prediction): WhatifReport {
  const { before, grouping, context, applied, suppositions, groupChanges } = prediction;
  const { host } = analysis;
  const kernel = known(host.kernelRelease);
  const changed = new Set(groupChanges.flatMap(({ after }) => after.map(({ id }) => id)));
  return {
    source: {
      kind: host.source.kind,
      name: host.source.name,
      ...(kernel !== undefined && { kernel }),
    },
    iommu: { provider: before.grouping.provider, active: before.grouping.isActive },
    changes: applied.map(({ change, text }) => ({ word: change.word, text: fullStop(text) })),
    before: beforeView(prediction),
    after: {
      basis: grouping.basis,
      ...(context.kernel && { kernel: versionName(context.kernel) }),
      groups: grouping.groups.map(predictedView),
      notCovered: [...grouping.notCovered],
    },
    groupChanges: groupChanges.map((change) => changeView(change, prediction)),
    unchangedGroups: grouping.groups.filter(({ id }) => !changed.has(id)).length,
    ...addressesView(prediction),
    suppositions: suppositions.map(({ text }) => fullStop(text)),
    warnings: warningsOf(analysis, prediction),
  };
}

function beforeView({ before }: Prediction): WhatifReport['before'] {
  const { grouping, hasGroups } = before;
  return hasGroups
    ? {
        basis: grouping.basis,
        groups: grouping.groups.map(plainView),
        notCovered: [...grouping.notCovered],
      }
    : {
        basis: 'off',
        groups: [],
        notCovered: [...grouping.placements.keys()].toSorted(compareBdf),
      };
}

function plainView({ id, members }: IsolationGroup) {
  return { id, members: [...members] };
}

function predictedView({ id, members, confidence, because }: IsolationGroup) {
  return { id, members: [...members], confidence, because: because.map(doubtView) };
}

function changeView(
  change: GroupChange,
  { before, context, grouping }: Prediction,
): GroupChangeView {
  return {
    kind: change.kind,
    before: change.before.map(plainView),
    after: change.after.map(predictedView),
    whyBefore: reasonsOf(change.before, before.context, before.grouping),
    whyAfter: reasonsOf(change.after, context, grouping),
  };
}

/** Says of shared groups why: one alone needs no reason. The first member only begins the group. */
function reasonsOf(groups: readonly IsolationGroup[], context: EngineContext, grouping: Grouping) {
  return groups
    .filter(({ members }) => members.length > 1)
    .flatMap(({ members }) => members)
    .filter((bdf) => grouping.placements.get(bdf)?.reason.kind !== 'own')
    .slice(0, MAX_SENTENCES)
    .map((bdf) => ({ bdf, text: summarizePlacement(bdf, context, grouping) ?? '' }));
}

function addressesView(prediction: Prediction) {
  const { before, grouping, context, origins } = prediction;
  const role = (bdf: Bdf) => {
    const node = context.topology.find(bdf);
    return node === undefined ? 'function' : roleOf(node);
  };
  const now = [...grouping.placements.keys()].toSorted(compareBdf);
  const kept = new Set<Bdf>(origins.values());
  return {
    readdressed: now.flatMap((to) => {
      const from = origins.get(to);
      return from === undefined || from === to ? [] : [{ from, to }];
    }),
    added: now.filter((bdf) => !origins.has(bdf)).map((bdf) => ({ bdf, role: role(bdf) })),
    removed: [...before.grouping.placements.keys()].filter((bdf) => !kept.has(bdf)),
    rehung: rehungFunctions(prediction),
  };
}

/** Below the same function under a new address is below the same function. */
function rehungFunctions({ host, before, origins }: Prediction) {
  return host.functions.flatMap(({ bdf, parent, physicalFunction }) => {
    const above = physicalFunction ?? parent;
    const origin = origins.get(bdf);
    const old = origin === undefined ? undefined : before.context.topology.find(origin)?.fn;
    const oldAbove = old?.physicalFunction ?? old?.parent;
    const isSame = old !== undefined && (above && origins.get(above)) === oldAbove;
    return isSame ? [] : [{ bdf, ...(above !== undefined && { above }) }];
  });
}

function warningsOf(analysis: Analysis, { applied }: Prediction): string[] {
  const asksForOverride = applied.some(({ change }) => change.kind === 'acs-override');
  const differs = analysis.differences.length > 0;
  return [
    ...(asksForOverride ? [fullStop(OVERRIDE_WARNING)] : []),
    ...(differs
      ? [
          "This kernel's groups differ from the predicted ones already, as airlock groups shows: before and after are both predicted here.",
        ]
      : []),
  ];
}
