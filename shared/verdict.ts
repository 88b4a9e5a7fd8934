import type { Bdf } from './bdf.ts';

/** The one answer about a wish; see the table of verdicts in ARCHITECTURE.md. */
export type Verdict = 'ready' | 'needs-companions' | 'risky' | 'blocked' | 'unknown';

/** Who owns a group: the host's drivers, some of both, VFIO drivers, or a running VM. */
export type Ownership = 'host' | 'mixed' | 'claimed' | 'in-use' | 'unbound' | 'unknown';

/** How the running kernel guards a group: before 5.19 it only describes, since then it enforces. */
export type ViabilityModel = 'described' | 'enforced';

/** What one member means for the viability of its group. */
export interface MemberViability {
  readonly member: string;
  readonly driver: string | undefined;
  readonly state: 'ok' | 'blocks' | 'unknown';
  /** Plain words: why it is fine or why it blocks. */
  readonly text: string;
}

/** Whether VFIO would accept the group as it is now. */
export interface Viability {
  readonly model: ViabilityModel;
  readonly isViable: boolean | undefined;
  readonly members: readonly MemberViability[];
  /** What a native driver bound to a new member would do. */
  readonly hotplug: string;
}

export type Severity = 'stop' | 'risk' | 'note';

/** One explained observation, with its evidence. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** The functions it is about. */
  readonly subjects: readonly string[];
  readonly title: string;
  readonly text: string;
  /** Register, file or line. */
  readonly evidence: string;
}

/** What a whole-group move means for the asked functions. */
export interface Check {
  readonly asked: readonly Bdf[];
  readonly verdict: Verdict;
  /** One sentence in the words of the verdict. */
  readonly sentence: string;
  readonly groupIds: readonly string[];
  /** Functions that must move to vfio-pci, the asked ones included. */
  readonly moves: readonly Moving[];
  /** Members that stay with their driver, with the reason. */
  readonly stays: readonly Staying[];
  readonly viability: readonly Viability[];
  readonly ownership: Ownership;
  readonly findings: readonly Finding[];
}

export interface Moving {
  readonly bdf: Bdf;
  readonly driver: string | undefined;
  readonly isAsked: boolean;
}

export interface Staying {
  readonly member: string;
  readonly driver: string | undefined;
  readonly reason: string;
}
