import type { Bdf } from '../../shared/bdf.ts';
import type { FailureCode } from '../../shared/contract.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { Explanation } from '../../shared/view.ts';
import { confidenceOf, distinctDoubts } from '../engine/doubts.ts';
import { explainPlacement } from '../engine/explain.ts';
import { findFunctions } from './check-view.ts';
import { fullStop } from './full-stop.ts';
import { differenceView, doubtView } from './groups-report.ts';
import type { OpenedSource } from './host-shelf.ts';

/** Why a function is in its group, in words, link by link up to the root complex. */
export function explanationView(
  { analysis, names }: OpenedSource,
  address: string,
): Result<Explanation, Failure<FailureCode>> {
  const found = findFunctions(analysis, [address]);
  if (!found.ok) return found;
  const bdf = found.value[0];
  const explained = bdf && explainPlacement(bdf, analysis.context, analysis.grouping);
  if (bdf === undefined || explained === undefined) {
    return failure('unknown-function', `${analysis.host.source.name} has no function ${address}`);
  }
  const placement = analysis.grouping.placements.get(bdf);
  const doubts = distinctDoubts(placement?.doubts ?? []);
  const group = analysis.grouping.groups.find(({ id }) => id === placement?.groupId);
  const nameOf = (hop: Bdf) => {
    const node = analysis.context.topology.find(hop);
    return node ? names.device(node.fn) : hop;
  };
  return ok({
    bdf,
    title: `${bdf} ${nameOf(bdf)}`,
    ...(placement?.groupId !== undefined && { groupId: placement.groupId }),
    members: [...(group?.members ?? [])],
    summary: explained.summary,
    hops: explained.hops.map((hop) => ({
      ...hop,
      text: fullStop(hop.text),
      name: nameOf(hop.bdf),
    })),
    splits: explained.splits.map(({ text, risk }) => ({ text: fullStop(text), risk })),
    confidence: confidenceOf(doubts),
    doubts: doubts.map(doubtView),
    differences: analysis.differences
      .filter(({ members }) => members.includes(bdf))
      .map(differenceView),
    requesterIds: [...explained.requesterIds],
  });
}
