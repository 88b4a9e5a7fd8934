import { isUnreadable } from '../../shared/fact.ts';
import type { Host, PciFunction } from '../../shared/host.ts';

/**
 * What a redacted host no longer says: the first fact about functions, groups or the IOMMU that
 * differs, in words; `undefined` where nothing that the engine reads was lost.
 *
 * Names that drivers gave (`net/enx…`) may differ, and so may everything that identifies a machine.
 */
export function findLostFact(before: Host, after: Host): string | undefined {
  const wholes: readonly (readonly [string, unknown, unknown])[] = [
    ['the kernel', before.kernelRelease, after.kernelRelease],
    ['the IOMMU', before.iommu, after.iommu],
    ['the groups', before.observedGroups, after.observedGroups],
  ];
  const lost = wholes.find(([, one, other]) => differ(one, other));
  if (lost) return lost[0];
  const others = new Map(after.functions.map((fn) => [fn.bdf, fn]));
  if (before.functions.length !== after.functions.length) return 'the number of functions';
  return before.functions.map((fn) => findLost(fn, others.get(fn.bdf))).find(Boolean);
}

/** How many groups a host shows. */
export function countGroups({ observedGroups }: Host): number {
  return observedGroups === undefined || isUnreadable(observedGroups) ? 0 : observedGroups.length;
}

function findLost(before: PciFunction, after: PciFunction | undefined): string | undefined {
  if (after === undefined) return `the function ${before.bdf}`;
  const { details, statedName: _name, ...facts } = before;
  const { details: otherDetails, statedName: _otherName, ...otherFacts } = after;
  for (const [name, fact] of Object.entries(facts)) {
    const other = (otherFacts as Readonly<Record<string, unknown>>)[name];
    if (differ(fact, other)) return `${name} of ${before.bdf}`;
  }
  const isKept = !differ({ ...details, children: [] }, { ...otherDetails, children: [] });
  return isKept ? undefined : `details of ${before.bdf}`;
}

/** Facts are plain data that one reader built, in one order. */
function differ(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) !== JSON.stringify(other);
}
