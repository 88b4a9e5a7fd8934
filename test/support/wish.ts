import { checkMove } from '../../main/engine/check-move.ts';
import { groupingOf } from '../../main/engine/compute-grouping.ts';
import { makeContext } from '../../main/engine/context.ts';
import type { Host } from '../../shared/host.ts';
import type { Check } from '../../shared/verdict.ts';
import { bdf } from './host-notation.ts';

/** Checks a wish on the groups that the host shows, or else on the predicted ones. */
export function wish(host: Host, ...asked: readonly string[]): Check {
  const context = makeContext(host);
  const grouping = groupingOf(context);
  const observed = Array.isArray(host.observedGroups) ? host.observedGroups : [];
  const groups = observed.length > 0 ? observed : grouping.groups;
  return checkMove(asked.map(bdf), context, grouping, (address) =>
    groups.find(({ members }) => (members as readonly string[]).includes(address)),
  );
}

/** Findings as `severity code`, in their order; with `only` those with one of the codes. */
export function findings(check: Check, ...only: readonly string[]): readonly string[] {
  return check.findings
    .filter(({ code }) => only.length === 0 || only.includes(code))
    .map(({ severity, code }) => `${severity} ${code}`);
}
