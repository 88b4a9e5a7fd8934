import { compareBdf, type Bdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { Moving } from '../../../shared/verdict.ts';
import type { ActingGroup } from '../../engine/check-move.ts';
import type { EngineContext } from '../../engine/context.ts';
import { DISPLAY, hasBaseClass, NETWORK } from '../../engine/host-use/function-kind.ts';
import { isVfioDriver } from '../../engine/viability.ts';
import { chooseTarget } from './choose-target.ts';
import { identifyCard } from './identify-card.ts';
import type { CardIdentity, RunStep } from './step.ts';
import { findTarget, type TargetDriver } from './step-words.ts';

/** A function that moves, with all that its step says. */
export interface DecidedMove extends Moving {
  readonly card: CardIdentity;
  readonly override: string | undefined;
  readonly to: string;
  /** The step's target; undefined where VFIO has it already. */
  readonly target: TargetDriver | undefined;
  /** What gets it at boot: the same where VFIO has it already. */
  readonly bootTarget: TargetDriver;
  readonly notes: readonly string[];
}

/** Reads what a move's step says; the identity has been looked for before. */
export function decideMove(move: Moving, { topology, host }: EngineContext): DecidedMove {
  const fn = topology.find(move.bdf)?.fn;
  const card = fn && identifyCard(fn).card;
  if (fn === undefined || card === undefined) throw new Error(`No identity: ${move.bdf}`);
  const override = known(fn.details?.driverOverride);
  if (move.driver !== undefined && isVfioDriver(move.driver)) {
    const bootTarget = findTarget(move.driver) ?? chooseTarget(fn, host).driver;
    return { ...move, card, override, to: move.driver, target: undefined, bootTarget, notes: [] };
  }
  const { driver, notes } = chooseTarget(fn, host);
  return { ...move, card, override, to: driver, target: driver, bootTarget: driver, notes };
}

/** Groups in the order of their first function that moves. */
export function groupsOf(
  moves: readonly DecidedMove[],
  observedGroup: (bdf: Bdf) => ActingGroup | undefined,
): readonly ActingGroup[] {
  const groups = moves.map(({ bdf }) => observedGroup(bdf));
  return [...new Set(groups.filter((group) => group !== undefined))];
}

/** A GPU or a network card can take the way in; so can whatever a stop was overridden for. */
export function needsTimer(
  moves: readonly DecidedMove[],
  overrides: readonly Bdf[],
  { topology }: EngineContext,
): boolean {
  return moves.some(({ bdf, target, driver }) => {
    const node = topology.find(bdf);
    const isWayIn =
      node !== undefined && (hasBaseClass(node, DISPLAY) || hasBaseClass(node, NETWORK));
    return target !== undefined && driver !== undefined && (isWayIn || overrides.includes(bdf));
  });
}

/**
 * Modules first: a driver that is not there takes nothing. vfio_iommu_type1 needs no step, because
 * the kernel loads it after vfio (Linux drivers/vfio/vfio_main.c, `MODULE_SOFTDEP`).
 */
export function runSteps(
  moves: readonly DecidedMove[],
  groups: readonly ActingGroup[],
): readonly RunStep[] {
  const targets = new Set(moves.flatMap(({ target }) => (target === undefined ? [] : [target])));
  const modules = [...targets].sort().map((name) => ({ kind: 'module', name }) as const);
  return [...modules, ...groups.flatMap((group) => groupBlock(group, moves))];
}

function groupBlock(group: ActingGroup, moves: readonly DecidedMove[]): readonly RunStep[] {
  const own = moves
    .filter(({ bdf, target }) => target !== undefined && group.members.includes(bdf))
    .sort((a, b) => compareBdf(a.bdf, b.bdf));
  const [first] = own;
  if (first === undefined) return [];
  const drivers = own.flatMap(({ card, driver, override, target }) =>
    target === undefined
      ? []
      : [{ kind: 'driver', card, from: driver, override, to: target } as const],
  );
  return [
    { kind: 'group', bdf: first.bdf, members: group.members.map(memberName) },
    ...drivers,
    { kind: 'viable', bdf: first.bdf },
  ];
}

/** A member that is a PCI function; others have the name of their bus in front. */
export const PCI_ADDRESS = /^[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/;

/** The kernel lists members of other buses by name alone: `AMDI0030:00` of `platform:AMDI0030:00`. */
function memberName(member: string): string {
  return PCI_ADDRESS.test(member) ? member : member.slice(member.indexOf(':') + 1);
}
