import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import { isUnreadable } from '../../../shared/fact.ts';
import type { PlanReason } from '../../../shared/plan.ts';
import type { Check, Finding } from '../../../shared/verdict.ts';
import type { EngineContext } from '../../engine/context.ts';
import { findIommuRemedy } from '../../engine/iommu-remedy.ts';
import { driverOf } from '../../engine/viability.ts';
import { identifyCard } from './identify-card.ts';

/** Stops that no typed address takes away: the kernel itself refuses. */
const KERNEL_REFUSES: ReadonlySet<string> = new Set([
  'iommu-off',
  'is-bridge',
  'no-group',
  'member-blocks',
  'vfs-enabled',
]);

/**
 * What stands against a plan: findings of severity stop that nobody overrode, and functions that
 * the helper never binds.
 *
 * @param overrides - Addresses that the user typed. A stop gives way when each of its subjects is
 *   among them.
 */
export function findStops(
  check: Check,
  context: EngineContext,
  overrides: ReadonlySet<string>,
): readonly PlanReason[] {
  const all = check.findings.filter(({ severity }) => severity === 'stop');
  const isOff = all.some(({ code }) => code === 'iommu-off');
  // With the IOMMU off nothing has a group: one reason is enough.
  const stops = all.filter(({ code }) => !isOff || code !== 'no-group');
  const named = new Set(stops.filter(({ code }) => code === 'is-bridge').flatMap(subjectsOf));
  const chipset = check.moves
    .filter(({ bdf }) => !named.has(bdf) && hasBridgeClass(bdf, context))
    .map(({ bdf, driver }) => chipsetReason(bdf, driver));
  return [
    ...stops
      .filter((stop) => !isOverridden(stop, overrides))
      .map((stop) => withRemedy(reasonOf(stop, overrides), context)),
    ...chipset,
  ];
}

function subjectsOf({ subjects }: Finding): readonly string[] {
  return subjects;
}

function isOverridden({ code, subjects }: Finding, overrides: ReadonlySet<string>): boolean {
  return !KERNEL_REFUSES.has(code) && subjects.every((subject) => overrides.has(subject));
}

function reasonOf(stop: Finding, overrides: ReadonlySet<string>): PlanReason {
  const { code, subjects, title, text, evidence } = stop;
  const overridable = subjects.filter((subject) => !overrides.has(subject));
  return {
    code,
    subjects: [...subjects],
    text: `${title}. ${text} [${evidence}]`,
    ...(!KERNEL_REFUSES.has(code) && { overridable }),
  };
}

/** Of an IOMMU that is off: what switches it on, and the argument that a plan can add. */
function withRemedy(reason: PlanReason, { host, iommu }: EngineContext): PlanReason {
  const remedy = reason.code === 'iommu-off' ? findIommuRemedy(host, iommu) : undefined;
  if (remedy === undefined) return reason;
  const { title, text, argument } = remedy;
  return { ...reason, text: `${reason.text}. ${title}: ${text}`, ...(argument && { argument }) };
}

/** Class 06, also of functions whose header is no bridge's: ISA bridges, host bridges. */
function hasBridgeClass(bdf: Bdf, { topology }: EngineContext): boolean {
  const code = topology.find(bdf)?.fn.classCode;
  return typeof code === 'number' && code >>> 16 === 0x06;
}

function chipsetReason(bdf: Bdf, driver: string | undefined): PlanReason {
  const holds =
    driver === undefined
      ? 'No VM has a use for it'
      : `It would have to leave ${driver} for the group to be viable`;
  return {
    code: 'chipset-bridge',
    subjects: [bdf],
    text: `${shortBdf(bdf)} is a bridge of the chipset, which a plan never takes from the host. ${holds}`,
  };
}

/**
 * What decides and is not known: identity, driver and override of each function that moves, and
 * the drivers of those that stay.
 */
export function findUnknownFacts(check: Check, context: EngineContext): readonly PlanReason[] {
  const ofMoves = check.moves.flatMap(({ bdf }) => unknownOfMove(bdf, context));
  const ofStays = check.stays.flatMap(({ member }) => {
    const node = context.topology.find(member as Bdf);
    return node !== undefined && isUnreadable(driverOf(node)) ? [unknown(node.bdf, 'driver')] : [];
  });
  return [...ofMoves, ...ofStays];
}

function unknownOfMove(bdf: Bdf, { topology }: EngineContext): readonly PlanReason[] {
  const fn = topology.find(bdf)?.fn;
  if (fn === undefined) return [];
  const files = [...(identifyCard(fn).missing ?? [])];
  const { details } = fn;
  if (details === undefined) files.push('driver', 'driver_override');
  if (isUnreadable(details?.driver)) files.push('driver');
  if (isUnreadable(details?.driverOverride)) files.push('driver_override');
  return files.map((file) => unknown(bdf, file));
}

function unknown(bdf: Bdf, file: string): PlanReason {
  return {
    code: 'unknown-fact',
    subjects: [bdf],
    text: `The source does not tell ${file} of ${shortBdf(bdf)} (sys/bus/pci/devices/${bdf}/${file}), and without it nothing can be planned`,
  };
}
