import type { Bdf } from '../../shared/bdf.ts';
import { isUnreadable, unreadable, type Fact } from '../../shared/fact.ts';
import type { Host, ObservedGroup, PciFunction } from '../../shared/host.ts';
import type { MachineFacts } from '../../shared/machine.ts';
import type { RemoteSession } from '../../shared/network.ts';
import { ok, type Result } from '../../shared/result.ts';
import { listAddresses } from './list-addresses.ts';
import { FunctionLocator, PCI_DEVICES } from './locate-function.ts';
import { orderFunctions } from '../pci/order-functions.ts';
import { ProblemList } from './problem-list.ts';
import { quoteName } from './quote-name.ts';
import { readChildren } from './read-children.ts';
import { readDetails, type DetailsContext } from './read-details.ts';
import { readFunction, type FunctionContext } from './read-function.ts';
import { readFailure, type ReadHostError } from './read-host-error.ts';
import { compareGroupLinks, groupsByLinks, readGroups } from './read-groups.ts';
import { readIommuFacts } from './read-iommu.ts';
import { readKernelFacts, readProcessorFacts } from './read-kernel.ts';
import { readMachine } from './read-machine.ts';
import { markMissingBridges, reportGaps } from './report-gaps.ts';
import { isComplete, type Source } from './source.ts';

export interface ReadOptions {
  /**
   * `grouping` reads what forms groups and nothing else; `full` adds the details of functions and
   * the facts about the machine.
   */
  readonly depth: 'grouping' | 'full';
  /** The SSH connection that a live reading runs in; only the process that reads knows it. */
  readonly session?: RemoteSession | undefined;
}

/**
 * Reads a host from any source, in one pass.
 *
 * What cannot be read becomes a problem of the host, not a failure: one broken function never
 * costs the rest of the tree.
 *
 * @returns Fails only where nothing can be said: the source has no PCI functions recorded, or not
 *   one of them is readable. A running host without PCI is an empty host.
 */
export function readHost(source: Source, options: ReadOptions): Result<Host, ReadHostError> {
  const stackTraceLimit = Error.stackTraceLimit;
  try {
    // Each missing link is an exception of node:fs; its stack trace costs more than the call.
    Error.stackTraceLimit = 0;
    return readAll(source, options);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function readAll(source: Source, options: ReadOptions): Result<Host, ReadHostError> {
  const isFull = options.depth === 'full';
  const problems = new ProblemList();
  reportManifest(source, problems);
  const locator = new FunctionLocator(source);
  const addresses = listAddresses(source, locator, problems);
  if (!addresses.ok) return addresses;
  const kernel = readKernelFacts(source);
  const iommu = { ...readIommuFacts(source, problems), ...readProcessorFacts(source, kernel) };
  const groups = readGroups(source, problems, isFull);
  const context = makeContext(source, problems, iommu.units, groups);
  const paths = readFunctions(context, locator, addresses.value);
  const found = markMissingBridges(orderFunctions([...context.functions.values()]), problems);
  if (addresses.value.length > 0 && !found.some(isIdentified)) return nothingReadable(source);
  reportGaps(source, found, problems);
  const { kernelRelease } = kernel;
  const machine = isFull
    ? readMachine(source, { kernelRelease, session: options.session })
    : undefined;
  return ok({
    source: source.info,
    ...kernel,
    iommu,
    functions: machine ? withDetails(source, problems, machine, found, paths) : found,
    observedGroups: settleGroups(groups, found, problems),
    ...(machine ? { machine } : {}),
    problems: problems.toArray(),
  });
}

function reportManifest(source: Source, problems: ProblemList): void {
  for (const [path, errno] of source.manifest?.unreadable ?? []) {
    if (errno !== 'ENOENT') problems.addUnreadable(path, { code: 'failed', errno });
  }
  for (const path of source.manifest?.vanished ?? []) {
    problems.add('vanished', path, `${quoteName(path)} went away while it was collected`);
  }
}

function nothingReadable(source: Source) {
  const reason = `not one PCI function in it is readable (vendor and config below ${PCI_DEVICES})`;
  return readFailure(source, 'no-functions', reason);
}

function isIdentified(fn: PciFunction): boolean {
  return !isUnreadable(fn.vendorId);
}

function makeContext(
  source: Source,
  problems: ProblemList,
  units: Fact<readonly string[]>,
  groups: Fact<readonly ObservedGroup[]>,
): FunctionContext & { readonly functions: Map<Bdf, PciFunction> } {
  const missing = (isRecorded: boolean) => (isRecorded ? undefined : unreadable('NOT_RECORDED'));
  const isWhole = isComplete(source);
  return {
    source,
    problems,
    missingGroup: missing(isWhole || !isUnreadable(groups)),
    missingUnit: missing(isWhole || !isUnreadable(units)),
    hasGroups: mayHaveGroups(source, groups),
    functions: new Map(),
  };
}

/** A tree without the groups' directories may still hold the links of functions. */
function mayHaveGroups(source: Source, groups: Fact<readonly ObservedGroup[]>): boolean {
  if (groups === undefined) return source.info.kind !== 'live';
  return isUnreadable(groups) || groups.length > 0;
}

/** @returns Where each function was found. */
function readFunctions(
  context: FunctionContext & { readonly functions: Map<Bdf, PciFunction> },
  locator: FunctionLocator,
  addresses: readonly Bdf[],
): ReadonlyMap<Bdf, string> {
  const paths = new Map<Bdf, string>();
  for (const bdf of addresses) {
    const location = locator.locate(bdf);
    const fn = location && readFunction(context, bdf, location);
    if (!fn) {
      context.problems.add(
        'vanished',
        `${PCI_DEVICES}/${bdf}`,
        `${bdf} went away while it was read`,
      );
      continue;
    }
    if (!location.place) reportTopology(context.problems, bdf);
    context.functions.set(bdf, fn);
    paths.set(bdf, location.path);
  }
  return paths;
}

function reportTopology(problems: ProblemList, bdf: Bdf): void {
  const text = `The link of ${bdf} does not lead to a directory below sys/devices: what is above it is unknown`;
  problems.add('malformed', `${PCI_DEVICES}/${bdf}`, text);
}

function settleGroups(
  groups: Fact<readonly ObservedGroup[]>,
  functions: readonly PciFunction[],
  problems: ProblemList,
): Fact<readonly ObservedGroup[]> {
  if (groups === undefined || isUnreadable(groups)) return groupsByLinks(functions) ?? groups;
  compareGroupLinks(groups, functions, problems);
  return groups;
}

function withDetails(
  source: Source,
  problems: ProblemList,
  machine: MachineFacts,
  functions: readonly PciFunction[],
  paths: ReadonlyMap<Bdf, string>,
): readonly PciFunction[] {
  const context: DetailsContext = {
    source,
    problems,
    children: readChildren(source),
    slots: new Map(
      machine.physicalSlots.flatMap(({ name, bdf }) => (bdf ? [[bdf.slice(0, -2), name]] : [])),
    ),
    hasDrivers: showsDrivers(source, paths),
    hasResets: showsResets(source, paths),
  };
  return functions.map((fn) => ({
    ...fn,
    details: readDetails(context, fn, paths.get(fn.bdf) ?? ''),
  }));
}

/** One function with a driver shows that the source records them. */
function showsDrivers(source: Source, paths: ReadonlyMap<Bdf, string>): boolean {
  if (source.list('sys/bus/pci/drivers').ok) return true;
  return [...paths.values()].some((path) => source.readLink(`${path}/driver`).ok);
}

/** As above, for `reset_method`: one function with the file shows that the source records it. */
function showsResets(source: Source, paths: ReadonlyMap<Bdf, string>): boolean {
  return [...paths.values()].some((path) => source.read(`${path}/reset_method`).ok);
}
