import { isUnreadable } from '../../shared/fact.ts';
import type { PciFunction } from '../../shared/host.ts';
import { PCI_DEVICES } from './locate-function.ts';
import type { ProblemList } from './problem-list.ts';
import type { Source } from './source.ts';

/**
 * Reports what is missing of many functions as one problem each, because it has one cause: a
 * reading without root's rights, or a tool that leaves out configuration space.
 */
export function reportGaps(
  source: Source,
  functions: readonly PciFunction[],
  problems: ProblemList,
): void {
  const short = functions.filter(isTruncated);
  const lengths = new Set(short.map((fn) => lengthOf(fn)));
  if (short.length > 0) {
    const cause = source.info.kind === 'live' ? 'read without administrator rights' : 'as recorded';
    const text = `The configuration space of ${count(short, functions)} ends after ${[...lengths].join(' or ')} bytes (${cause}): whether they have ACS is unknown`;
    problems.add('truncated', PCI_DEVICES, text);
  }
  const without = functions.filter(isNotRecorded);
  if (without.length > 0) {
    const text = `There is no configuration space of ${count(without, functions)}: whether they have ACS is unknown`;
    problems.add('missing', PCI_DEVICES, text);
  }
}

/**
 * Marks functions below a bridge that the source does not list: what that bridge is, and with it
 * every path through it, is not known.
 */
export function markMissingBridges(
  functions: readonly PciFunction[],
  problems: ProblemList,
): readonly PciFunction[] {
  const present = new Set(functions.map((fn) => fn.bdf));
  return functions.map((fn) => {
    if (fn.parent === undefined || present.has(fn.parent)) return fn;
    const text = `${fn.parent}, the bridge above ${fn.bdf}, is not among the PCI functions`;
    problems.add('missing', `${PCI_DEVICES}/${fn.parent}`, text);
    return { ...fn, inferred: [...(fn.inferred ?? []), 'topology'] };
  });
}

/** Only where it matters: a conventional function has no more to say. */
function isTruncated({ config }: PciFunction): boolean {
  return config !== undefined && !isUnreadable(config) && isUnreadable(config.acs);
}

function lengthOf({ config }: PciFunction): number {
  return config === undefined || isUnreadable(config) ? 0 : config.lengthBytes;
}

function isNotRecorded({ config }: PciFunction): boolean {
  return isUnreadable(config) && config.errno === 'NOT_RECORDED';
}

function count(some: readonly PciFunction[], all: readonly PciFunction[]): string {
  return `${some.length} of ${all.length} PCI functions`;
}
