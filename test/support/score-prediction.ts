import { computeGrouping } from '../../main/engine/compute-grouping.ts';
import type { AcsKnowledge } from '../../main/quirks/acs-knowledge.ts';
import type { Host } from '../../shared/host.ts';

/** How many answers were right, wrong, and not given; of those not given, how many were right. */
export interface Score {
  readonly right: number;
  readonly wrong: number;
  readonly unknown: number;
  readonly unknownButRight: number;
}

/** The score of a host: by function, and by predicted group. */
export interface PredictionScore {
  readonly functions: Score;
  readonly groups: Score;
}

export const NO_SCORE: Score = { right: 0, wrong: 0, unknown: 0, unknownButRight: 0 };

/**
 * Compares predicted groups with true ones as partitions, never by number. A function is right
 * where it shares its group with exactly the true ones; functions without a true group are left
 * out.
 *
 * @param truth - The true group of each function, by address.
 */
export function scorePrediction(
  host: Host,
  truth: ReadonlyMap<string, string>,
  knowledge: AcsKnowledge,
): PredictionScore {
  const members = Map.groupBy(truth.keys(), (bdf) => truth.get(bdf));
  let [functions, groups] = [NO_SCORE, NO_SCORE];
  for (const group of computeGrouping(host, { knowledge }).groups) {
    const own: readonly string[] = group.members.filter((bdf) => truth.has(bdf));
    if (own[0] === undefined) continue;
    const real = members.get(truth.get(own[0])) ?? [];
    const isRight = real.length === own.length && own.every((bdf) => real.includes(bdf));
    const outcome = outcomeOf(isRight, group.confidence === 'unknown');
    functions = addScores(functions, times(outcome, own.length));
    groups = addScores(groups, outcome);
  }
  return { functions, groups };
}

export function addScores(a: Score, b: Score): Score {
  return {
    right: a.right + b.right,
    wrong: a.wrong + b.wrong,
    unknown: a.unknown + b.unknown,
    unknownButRight: a.unknownButRight + b.unknownButRight,
  };
}

function outcomeOf(isRight: boolean, isUnknown: boolean): Score {
  if (isUnknown) return { ...NO_SCORE, unknown: 1, unknownButRight: isRight ? 1 : 0 };
  return isRight ? { ...NO_SCORE, right: 1 } : { ...NO_SCORE, wrong: 1 };
}

function times({ right, wrong, unknown, unknownButRight }: Score, count: number): Score {
  return {
    right: right * count,
    wrong: wrong * count,
    unknown: unknown * count,
    unknownButRight: unknownButRight * count,
  };
}
