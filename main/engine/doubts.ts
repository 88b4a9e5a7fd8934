import type { Bdf } from '../../shared/bdf.ts';
import type { Confidence, Doubt } from '../../shared/isolation.ts';

/** The shared empty list: most functions have no doubts, and lists are compared by identity. */
export const NO_DOUBTS: readonly Doubt[] = [];

const READ_AS_ROOT = 'sudo airlock scan --out host.tar.gz';

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
  const why =
    errno === 'TRUNCATED'
      ? 'the kernel shows only its first bytes without root'
      : `it could not be read (${errno})`;
  return {
    code: 'config-unreadable',
    bdf,
    confidence: 'unknown',
    text: `Whether ${bdf} has ACS is not known: ${why}`,
    command: READ_AS_ROOT,
  };
}

export function rcbaUnreadable(bdf: Bdf): Doubt {
  return {
    code: 'rcba-unreadable',
    bdf,
    confidence: 'likely',
    text: `The kernel isolates Intel PCH port ${bdf} only where register 0xf0 of 00:1f.0 has bit 0 set, and that register was not readable`,
    command: READ_AS_ROOT,
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
    command: 'sudo lspci -D -vvnnxxxx',
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
    text: `What lies above ${bdf} is not known: the source does not show its place below sys/devices`,
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
