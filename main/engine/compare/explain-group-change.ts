import { parseBdf } from '../../../shared/bdf.ts';
import type { GroupChange, MemberGroup } from '../whatif/compare-groups.ts';
import { parseAcsOverride } from '../acs-override.ts';
import { known } from '../../../shared/fact.ts';
import type { Host } from '../../../shared/host.ts';
import type { FunctionPairs } from './pair-functions.ts';
import { keysOf, partitionByKey, type Side, type World, type Worlds } from './worlds.ts';

/** A part of a host that two hosts may have differently. */
export type Factor = Exclude<keyof World, 'backports'>;

/** In the order in which they are tried for not mattering: the most specific cause stays longest. */
const FACTORS: readonly Factor[] = [
  'devices',
  'commandLine',
  'tables',
  'kernel',
  'override',
  'registers',
  'coverage',
];

/** What two hosts have, for finding causes. */
export interface Comparing {
  readonly before: Host;
  readonly after: Host;
  readonly pairs: FunctionPairs;
  readonly worlds: Worlds;
}

/**
 * Finds what makes groups differ between two hosts, and proves it by prediction: the host before
 * with these parts of the host after has the groups of the host after, the host after with these
 * parts of the host before has the groups of the host before, and no part of them can be left out.
 *
 * @returns `undefined` where the rules do not give the groups that one of the hosts shows, so that
 *   nothing about them can be proved.
 */
export function findFactors(
  change: GroupChange<MemberGroup>,
  comparing: Comparing,
): readonly Factor[] | undefined {
  const targets = targetsOf(change, comparing);
  const [before, after] = [
    actualWorld('before', targets, comparing),
    actualWorld('after', targets, comparing),
  ];
  if (before === undefined || after === undefined) return undefined;
  const explains = (factors: readonly Factor[]) =>
    agrees(mix(before, after, factors), 'after', targets, comparing) &&
    agrees(mix(after, before, factors), 'before', targets, comparing);
  return FACTORS.reduce((needed: readonly Factor[], factor) => {
    const fewer = needed.filter((one) => one !== factor);
    return explains(fewer) ? fewer : needed;
  }, FACTORS);
}

/** The groups in question, as both hosts have them, without members of other buses than PCI. */
interface Targets {
  readonly keys: readonly string[];
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

function targetsOf(change: GroupChange<MemberGroup>, { pairs }: Comparing): Targets {
  const of = (side: Side) =>
    partitionByKey(
      change[side].map(({ members }) => ({ members: members.filter(isPci) })),
      keysOf(side, pairs),
    );
  const [before, after] = [of('before'), of('after')];
  return { keys: [...new Set([...before.keys(), ...after.keys()])], before, after };
}

function isPci(member: string): boolean {
  return parseBdf(member) !== undefined;
}

/** The world that gives what the host shows: as it is, patched, or with quirks ported back. */
function actualWorld(side: Side, targets: Targets, comparing: Comparing): World | undefined {
  const plain: World = {
    devices: side,
    tables: side,
    commandLine: side,
    kernel: side,
    backports: 'mainline',
    override: 'none',
    registers: side,
    coverage: side,
  };
  const isAsked = parseAcsOverride(known(comparing[side].commandLine) ?? '') !== undefined;
  const worlds: readonly World[] = [
    plain,
    ...(isAsked ? [{ ...plain, override: side }] : []),
    { ...plain, backports: 'present' },
  ];
  return worlds.find((world) => agrees(world, side, targets, comparing));
}

function agrees(world: World, side: Side, targets: Targets, { worlds }: Comparing): boolean {
  const predicted = worlds.predict(world);
  return targets.keys.every((key) => predicted.get(key) === targets[side].get(key));
}

/** The first world with the named parts of the other. */
function mix(own: World, other: World, factors: readonly Factor[]): World {
  const taken = Object.fromEntries(factors.map((factor) => [factor, other[factor]]));
  const backports = factors.includes('kernel') ? other.backports : own.backports;
  return { ...own, ...taken, backports };
}
