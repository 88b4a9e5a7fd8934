import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import { isUnreadable, known, type Fact } from '../../../shared/fact.ts';
import { requesterIdOf, walkAliases } from '../dma-alias.ts';
import type { EngineContext } from '../context.ts';
import { pcieStateOf } from '../pcie-state.ts';
import type { FunctionNode } from '../topology.ts';
import { driverOf, viabilityOf } from '../viability.ts';
import { roleOf } from '../words.ts';
import type { Diagnosis } from './diagnose.ts';

/** What the facts of the host add to a line: who the device is, and who is in the way. */
export function hostFacts(
  { pattern, device, group }: Diagnosis,
  context: EngineContext,
): readonly string[] {
  const groupId = group ?? groupOf(device, context);
  return [
    ...(device === undefined ? [] : deviceFacts(device, context)),
    ...(groupId !== undefined && NEEDS_GROUP.has(pattern.id) ? groupFacts(groupId, context) : []),
  ];
}

/** Patterns where the members of the group are the answer. */
const NEEDS_GROUP: ReadonlySet<string> = new Set([
  'group-not-viable',
  'group-bind-hint',
  'several-address-spaces',
  'reset-not-owned',
  'vfio-busy',
  'vfio-absent',
]);

function groupOf(device: Bdf | undefined, context: EngineContext): string | undefined {
  const node = device && context.topology.find(device);
  return node && known(node.fn.iommuGroupId);
}

function deviceFacts(device: Bdf, context: EngineContext): readonly string[] {
  const node = context.topology.find(device);
  const behind = behindRequester(device, context);
  if (node === undefined) {
    return behind.length > 0
      ? [`${shortBdf(device)} is the requester ID of ${behind.join(', ')}`]
      : [`${shortBdf(device)} is not in this host: the log may be of another one`];
  }
  const methods = known(node.fn.details?.resetMethods);
  return [
    ...roleFacts(node),
    ...(behind.length > 0 ? [`DMA of ${behind.join(', ')} appears under its address too`] : []),
    ...(methods === undefined ? [] : [`Its resets: ${methods.join(', ') || 'none'}`]),
  ];
}

/** A report without configuration space does not tell the type of most functions. */
function roleFacts(node: FunctionNode): readonly string[] {
  const [name, driver] = [shortBdf(node.bdf), driverOf(node)];
  const words = driverWords(driver);
  if (node.isVirtualFunction || pcieStateOf(node).state !== 'unknown') {
    return [`${name} is a ${roleOf(node)}${words === undefined ? '' : ` with ${words}`}`];
  }
  return words === undefined ? [] : [`${name} has ${words}`];
}

function driverWords(driver: Fact<string>): string | undefined {
  if (isUnreadable(driver)) return undefined;
  return driver === undefined ? 'no driver' : `driver ${driver}`;
}

/** Functions other than the device itself whose DMA carries its requester ID. */
function behindRequester(device: Bdf, context: EngineContext): readonly string[] {
  const [domain, rest] = [device.slice(0, -8), device.slice(-7)];
  const id =
    parseInt(rest.slice(0, 2), 16) * 256 +
    parseInt(rest.slice(3, 5), 16) * 8 +
    Number(rest.slice(6));
  return context.topology.nodes
    .filter((node) => node.bdf !== device && node.bdf.startsWith(`${domain}:`))
    .filter((node) => requesterIdOf(node) !== id)
    .filter((node) => walkAliases(node, context).some(({ requesterId }) => requesterId === id))
    .slice(0, 8)
    .map(({ bdf }) => shortBdf(bdf));
}

function groupFacts(groupId: string, context: EngineContext): readonly string[] {
  const groups = known(context.host.observedGroups) ?? [];
  const members = groups.find(({ id }) => id === groupId)?.members;
  if (members === undefined) return [`The host shows no group ${groupId}`];
  const blockers = viabilityOf(members, context).members.filter(({ state }) => state === 'blocks');
  return [
    `Group ${groupId} has ${members.map((member) => shortBdf(member as Bdf)).join(', ')}`,
    ...blockers.map(
      ({ member, driver }) =>
        `${shortBdf(member as Bdf)} is in the way: it has driver ${driver ?? 'unknown'}`,
    ),
  ];
}
