import type { Bdf } from '../../shared/bdf.ts';
import { isUnreadable } from '../../shared/fact.ts';
import { FULL_LSPCI } from '../../shared/full-lspci.ts';
import type { PciFunction } from '../../shared/host.ts';
import type { Confidence, Doubt } from '../../shared/isolation.ts';
import type { AcsTestimony } from '../quirks/acs-knowledge.ts';

/** The shared empty list: most functions have no doubts, and lists are compared by identity. */
export const NO_DOUBTS: readonly Doubt[] = [];

const READ_AS_ROOT = 'sudo airlock scan --out host.tar.gz';

/** A reading that was cut short is repeated as root; what a report lacks, one command prints. */
function commandFor(errno: string): string {
  return errno === 'TRUNCATED' ? READ_AS_ROOT : FULL_LSPCI;
}

const UNREAD_WORDS: Readonly<Record<string, string>> = {
  TRUNCATED: 'the kernel shows only its first bytes without root',
  EACCES: 'it was read without root',
  NOT_RECORDED: 'the source does not hold it',
};

/** Joins lists without copying where one is empty. */
export function joinDoubts(a: readonly Doubt[], b: readonly Doubt[]): readonly Doubt[] {
  if (a.length === 0 || a === b) return b;
  return b.length === 0 ? a : [...a, ...b];
}

/** Each doubt once, by code and function. */
export function distinctDoubts(doubts: readonly Doubt[]): readonly Doubt[] {
  if (doubts.length < 2) return doubts;
  const seen = new Map<string, Doubt>();
  for (const doubt of doubts) seen.set(`${doubt.code} ${doubt.bdf ?? ''}`, doubt);
  return [...seen.values()];
}

/** The weakest confidence of any doubt. */
export function confidenceOf(doubts: readonly Doubt[]): Confidence {
  if (doubts.length === 0) return 'certain';
  return doubts.some((doubt) => doubt.confidence === 'unknown') ? 'unknown' : 'likely';
}

export function configUnreadable(bdf: Bdf, errno: string): Doubt {
  const why = UNREAD_WORDS[errno] ?? `it could not be read (${errno})`;
  return {
    code: 'config-unreadable',
    bdf,
    confidence: 'unknown',
    text: `Whether ${bdf} has ACS is not known: ${why}`,
    command: commandFor(errno),
  };
}

/** GR-17: names the rows and the boards that the answer rests on. */
export function acsByIds(bdf: Bdf, testimony: AcsTestimony): Doubt {
  return {
    code: 'acs-by-ids',
    bdf,
    confidence: 'likely',
    text: `The ACS of ${bdf} was not read; ${testimonyClause(testimony)}`,
    command: FULL_LSPCI,
  };
}

const SHOWN = 3;

/** `functions with its ids (1022:1483) isolate on 4 boards: A, B, C and 1 more`. */
function testimonyClause({ by, ids, boards, isIsolated, isLearned }: AcsTestimony): string {
  const who =
    by === 'kind'
      ? `functions of its vendor and class in its place (${listed(ids)})`
      : `functions with its ids (${listed(ids)})`;
  const where = by === 'board' ? 'this board' : count(boards.length, 'board');
  const names = by === 'board' ? '' : `: ${listed(boards)}`;
  const source = isLearned ? ', as learned in this library' : '';
  return `${who} ${isIsolated ? 'isolate' : 'do not isolate'} on ${where}${names}${source}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN).join(', ');
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}

/**
 * Ids or a class that a source lacks: without ids nobody knows whether the kernel makes an
 * exception, without a class whether the function is an IOMMU itself. A function that is only
 * supposed has no ids at all, and no exception.
 */
export function doubtsOfIds({ fn }: { readonly fn: PciFunction }): readonly Doubt[] {
  const { bdf, vendorId, deviceId, classCode } = fn;
  if (![vendorId, deviceId, classCode].some(isUnreadable)) return NO_DOUBTS;
  const text = `Vendor, device and class of ${bdf} are not all known, and with them whether the kernel makes an exception for it`;
  return [{ code: 'ids-unreadable', bdf, confidence: 'unknown', text, command: FULL_LSPCI }];
}

export function rcbaUnreadable(bdf: Bdf, errno: string): Doubt {
  return {
    code: 'rcba-unreadable',
    bdf,
    confidence: 'likely',
    text: `The kernel isolates Intel PCH port ${bdf} only where register 0xf0 of 00:1f.0 has bit 0 set, and that register was not readable`,
    command: commandFor(errno),
  };
}

export function acsAssumedEnabled(bdf: Bdf): Doubt {
  return {
    code: 'acs-assumed-enabled',
    bdf,
    confidence: 'likely',
    text: `ACS of ${bdf} is off now; a kernel with the IOMMU on switches it on`,
  };
}

export function dependsOnBackport(bdf: Bdf, kernelFunction: string): Doubt {
  return {
    code: 'depends-on-backport',
    bdf,
    confidence: 'likely',
    text: `${kernelFunction}() speaks about ${bdf} in newer kernels; this one has it only if it was ported back`,
  };
}

export function inferredFact(bdf: Bdf, what: string): Doubt {
  return {
    code: 'inferred',
    bdf,
    confidence: 'likely',
    text: `The ${what} of ${bdf} was inferred, the source does not state it`,
    command: FULL_LSPCI,
  };
}

export function acpiUnreadable(bdf: Bdf): Doubt {
  return {
    code: 'acpi-unreadable',
    bdf,
    confidence: 'likely',
    text: `Whether the ACPI table IVRS exists decides about ${bdf}, and the tables were not listed`,
    command: READ_AS_ROOT,
  };
}

export function bar0Unreadable(bdf: Bdf): Doubt {
  return {
    code: 'bar0-unreadable',
    bdf,
    confidence: 'unknown',
    text: `${bdf} is a Switchtec non-transparent bridge: its DMA aliases lie in registers that no snapshot holds`,
  };
}

export function topologyIncomplete(bdf: Bdf): Doubt {
  return {
    code: 'topology-incomplete',
    bdf,
    confidence: 'unknown',
    text: `What lies above ${bdf} is not known: the source does not show its place`,
    command: FULL_LSPCI,
  };
}

/** POWER has two kinds of platforms, and a source may not say which. */
export function platformUnknown(): Doubt {
  return {
    code: 'platform-model',
    bdf: undefined,
    confidence: 'unknown',
    text: 'Whether a hypervisor gives the groups, or the firmware, is not known: the source does not name the platform',
    command: READ_AS_ROOT,
  };
}

export function platformModel(): Doubt {
  return {
    code: 'platform-model',
    bdf: undefined,
    confidence: 'likely',
    text: 'The hypervisor decides about the groups of a logical partition; this is what it gives in all cases seen',
  };
}
