import type { AcsObservation, AcsOutcome } from '../../shared/acs-table.ts';
import { known } from '../../shared/fact.ts';
import type { Host, PciFunction } from '../../shared/host.ts';
import { acsSubjectOf, isAmdHostBridge } from './acs-by-ids.ts';
import { parseAcsOverride } from './acs-override.ts';
import { detectIommu } from './iommu-state.ts';
import { isBridge } from './pcie-state.ts';
import { buildTopology, type FunctionNode, type Topology } from './topology.ts';

/** What a host teaches: observations, or why none of its groups can be believed. */
export type Lesson =
  { readonly observations: readonly AcsObservation[] } | { readonly refusal: Refusal };

export type Refusal = 'no-groups' | 'other-rules' | 'override' | 'emulated';

/**
 * Concludes from the groups that a host shows which functions pass the ACS test: the rules of
 * grouping read backwards. Only what a structure of groups proves is said.
 *
 * - GR-4: a function in another group than the bridge above it proves that the bridge and all above
 *   pass. Where all functions below a bridge are in its group, and everything above it is proved to
 *   pass, the bridge fails (or puts its own requester ID on their requests, which groups the same).
 * - GR-6: functions of one slot that share a group fail, where nothing but the slot is in the group
 *   or the path above is proved to pass. One that stands apart passes where another of its slot
 *   fails; where all stand apart, at most one of those that nothing else proves to pass can fail.
 *
 * @returns Nothing about VFs, children of VMD and functions whose ids are not known. A host is
 *   refused as a whole where its groups are formed by other rules, are not real, or were made
 *   smaller by the override patch (its command line says so, or functions of a GeForce stand
 *   apart, which none does by itself).
 */
export function learnAcs(host: Host): Lesson {
  const refusal = refusalOf(host);
  if (refusal !== undefined) return { refusal };
  const topology = buildTopology(host);
  const learner = new Learner(topology, groupsOf(host));
  const observations = [...learner.learn()].flatMap(([node, outcome]) => {
    const subject = acsSubjectOf(node, topology);
    return subject === undefined ? [] : [{ ...subject, outcome }];
  });
  return { observations };
}

const PCI_RULES: ReadonlySet<string> = new Set(['intel-vtd', 'amd-vi', 'smmu-v2', 'smmu-v3']);
const EMULATED_VENDORS: ReadonlySet<unknown> = new Set([0x1af4, 0x1b36, 0x15ad, 0x80ee, 0x1414]);
const X86_CHIPSETS: ReadonlySet<unknown> = new Set([0x8086, 0x1022, 0x1002]);
const NVIDIA = 0x10de;
const AMD = 0x1022;

function refusalOf(host: Host): Refusal | undefined {
  const groups = groupsOf(host);
  if (groups.size === 0) return 'no-groups';
  if (!hasPciRules(host)) return 'other-rules';
  if (host.functions.some(({ vendorId }) => EMULATED_VENDORS.has(vendorId))) return 'emulated';
  const isAsked = parseAcsOverride(known(host.commandLine) ?? '') !== undefined;
  return isAsked || showsOverride(host, groups) ? 'override' : undefined;
}

/**
 * Functions that lack ACS in all hardware stand apart: those of an NVIDIA card, and those of an AMD
 * chipset, which has a switch's upstream port as one of several functions.
 */
function showsOverride(host: Host, groups: ReadonlyMap<string, string>): boolean {
  const isSplit = (slot: readonly PciFunction[]) =>
    new Set(slot.map(({ bdf }) => groups.get(bdf))).size > 1;
  const isChipset = (slot: readonly PciFunction[]) =>
    slot.every(({ parent }) => parent !== undefined) &&
    slot.some(({ classCode }) => typeof classCode === 'number' && classCode >>> 8 === 0x0604);
  return (
    slotsOf(host, NVIDIA).some(isSplit) ||
    slotsOf(host, AMD).some((slot) => isChipset(slot) && isSplit(slot))
  );
}

/** Of a listing that does not show the host bridge, the processor is told by its chipset. */
function hasPciRules(host: Host): boolean {
  const { provider } = detectIommu(host);
  if (PCI_RULES.has(provider)) return true;
  const architecture = known(host.iommu.architecture) ?? 'x86_64';
  const isX86 = host.functions.some(
    ({ vendorId, bdf }) => bdf.startsWith('0000:00:') && X86_CHIPSETS.has(vendorId),
  );
  return provider === 'generic' && architecture === 'x86_64' && isX86;
}

/** The functions of a vendor, slot by slot. */
function slotsOf({ functions }: Host, vendor: number): readonly (readonly PciFunction[])[] {
  const own = functions.filter(
    ({ vendorId, physicalFunction }) => vendorId === vendor && physicalFunction === undefined,
  );
  return [...Map.groupBy(own, ({ bdf }) => bdf.slice(0, -2)).values()];
}

function groupsOf({ observedGroups }: Host): ReadonlyMap<string, string> {
  const groups = known(observedGroups) ?? [];
  return new Map(groups.flatMap(({ id, members }) => members.map((member) => [member, id])));
}

/** One host while it is read. */
class Learner {
  readonly #outcomes = new Map<FunctionNode, AcsOutcome>();
  readonly #topology: Topology;
  readonly #groups: ReadonlyMap<string, string>;
  readonly #sizes: ReadonlyMap<string, number>;

  constructor(topology: Topology, groups: ReadonlyMap<string, string>) {
    this.#topology = topology;
    this.#groups = groups;
    const members = Map.groupBy(groups.values(), (id) => id);
    this.#sizes = new Map([...members].map(([id, all]) => [id, all.length]));
  }

  learn(): ReadonlyMap<FunctionNode, AcsOutcome> {
    for (const node of this.#topology.nodes.filter(isAmdHostBridge)) this.#note([node], 'fails');
    const nodes = this.#topology.nodes.filter(
      (node) => !node.isVirtualFunction && node.vmdEndpoint === undefined,
    );
    for (const node of nodes) this.#learnPassing(node);
    for (const node of nodes) this.#learnFailing(node);
    for (const node of nodes) {
      const slot = this.#topology.inSlot(node).filter((other) => !other.isVirtualFunction);
      if (slot[0] === node) this.#learnSlot(slot);
    }
    for (const node of this.#topology.nodes.filter(isAmdHostBridge)) this.#outcomes.delete(node);
    return this.#outcomes;
  }

  #groupOf({ bdf }: FunctionNode): string | undefined {
    return this.#groups.get(bdf);
  }

  /** A function apart from the bridge above proves the whole path. */
  #learnPassing(node: FunctionNode): void {
    const { parent } = node;
    const own = this.#groupOf(node);
    const above = parent && this.#groupOf(parent);
    if (!isPlaced(node) || own === undefined || above === undefined || own === above) return;
    for (let at = parent; at !== undefined; at = at.parent) this.#outcomes.set(at, 'passes');
  }

  #isPathGood(node: FunctionNode): boolean {
    if (!isPlaced(node)) return false;
    return node.parent === undefined || this.#outcomes.get(node.parent) === 'passes';
  }

  #learnFailing(bridge: FunctionNode): void {
    if (!isBridge(bridge) || this.#outcomes.has(bridge) || !this.#isPathGood(bridge)) return;
    const own = this.#groupOf(bridge);
    const below = this.#topology.below(bridge).filter((node) => !node.isVirtualFunction);
    const isShared = below.length > 0 && below.every((node) => this.#groupOf(node) === own);
    if (own !== undefined && isShared && below.every(isPlaced)) this.#outcomes.set(bridge, 'fails');
  }

  #learnSlot(slot: readonly FunctionNode[]): void {
    if (slot.length < 2 || slot.some((node) => this.#groupOf(node) === undefined)) return;
    const sets = [...Map.groupBy(slot, (node) => this.#groupOf(node) ?? '')];
    for (const [id, members] of sets.filter(([, { length }]) => length > 1)) {
      // A slot that joined the group of a bridge above says nothing about itself.
      const isOwn = this.#sizes.get(id) === members.length;
      if (isOwn || members.every((node) => this.#isPathGood(node))) this.#note(members, 'fails');
    }
    const alone = sets.flatMap(([, members]) => (members.length === 1 ? members : []));
    const isFailing = slot.some((node) => this.#outcomes.get(node) === 'fails');
    const open = alone.filter((node) => !this.#outcomes.has(node));
    if (isFailing) this.#note(open, 'passes');
    else if (open.length > 1) this.#note(open, 'apart');
  }

  #note(nodes: readonly FunctionNode[], outcome: AcsOutcome): void {
    for (const node of nodes) if (!this.#outcomes.has(node)) this.#outcomes.set(node, outcome);
  }
}

function isPlaced({ fn, parent }: FunctionNode): boolean {
  const isKnown = (fn.parent === undefined) === (parent === undefined);
  return isKnown && fn.inferred?.includes('topology') !== true;
}
