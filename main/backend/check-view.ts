import { parseBdf, type Bdf } from '../../shared/bdf.ts';
import type { FailureCode } from '../../shared/contract.ts';
import { failure, ok, type Failure, type Result } from '../../shared/result.ts';
import type { Check, Viability } from '../../shared/verdict.ts';
import type { CheckView, ViabilityView } from '../../shared/view.ts';
import { checkMove } from '../engine/check-move.ts';
import type { Analysis } from './analyse.ts';
import { fullStop } from './full-stop.ts';

/**
 * Judges what giving functions to a VM means.
 *
 * @param addresses - As typed; each has to be an address of a function of the host.
 */
export function checkView(
  analysis: Analysis,
  addresses: readonly string[],
): Result<CheckView, Failure<FailureCode>> {
  const asked = findFunctions(analysis, addresses);
  if (!asked.ok) return asked;
  const { context, grouping, actingGroup } = analysis;
  return ok(asCheckView(checkMove(asked.value, context, grouping, actingGroup)));
}

/** Turns typed addresses into functions of the host. */
export function findFunctions(
  analysis: Analysis,
  addresses: readonly string[],
): Result<readonly Bdf[], Failure<'bad-arguments' | 'unknown-function'>> {
  const found: Bdf[] = [];
  for (const address of addresses) {
    const bdf = parseBdf(address);
    if (bdf === undefined) {
      return failure(
        'bad-arguments',
        `Not a PCI address: ${JSON.stringify(address.slice(0, 40))}. An address looks like 0000:01:00.0 or 01:00.0`,
      );
    }
    if (analysis.context.topology.find(bdf) === undefined) {
      return failure('unknown-function', `${analysis.host.source.name} has no function ${bdf}`);
    }
    found.push(bdf);
  }
  return ok(found);
}

export function viabilityView({ model, isViable, members, hotplug }: Viability): ViabilityView {
  return {
    model,
    ...(isViable !== undefined && { isViable }),
    members: members.map(({ driver, ...member }) => ({
      ...member,
      text: fullStop(member.text),
      ...(driver !== undefined && { driver }),
    })),
    hotplug: fullStop(hotplug),
  };
}

/** The same, as plain data. */
export function asCheckView(check: Check): CheckView {
  return {
    asked: [...check.asked],
    verdict: check.verdict,
    sentence: fullStop(check.sentence),
    groupIds: [...check.groupIds],
    moves: check.moves.map(({ driver, ...move }) => ({
      ...move,
      ...(driver !== undefined && { driver }),
    })),
    stays: check.stays.map(({ driver, ...stay }) => ({
      ...stay,
      reason: fullStop(stay.reason),
      ...(driver !== undefined && { driver }),
    })),
    viability: check.viability.map(viabilityView),
    ownership: check.ownership,
    findings: check.findings.map((finding) => ({
      ...finding,
      text: fullStop(finding.text),
      subjects: [...finding.subjects],
    })),
  };
}
