import type { Bdf } from './bdf.ts';

/** How sure a prediction is. */
export type Confidence = 'certain' | 'likely' | 'unknown';

/** Which kernel the prediction speaks of: the one running, or the same with its IOMMU switched on. */
export type Basis = 'as-is' | 'as-if-on';

/** Which rules form the groups: one kind of IOMMU driver. */
export type ProviderKind =
  | 'intel-vtd'
  | 'amd-vi'
  | 'smmu-v2'
  | 'smmu-v3'
  | 'virtio-iommu'
  | 'power-powernv'
  | 'power-pseries'
  | 's390'
  | 'generic'
  | 'none';

/** One predicted group. */
export interface IsolationGroup {
  /** `p0`, `p1`, … in the order in which the groups come into being. */
  readonly id: string;
  /** Sorted. */
  readonly members: readonly Bdf[];
  /** The weakest confidence of any decision that made the group what it is. */
  readonly confidence: Confidence;
  /** Which inputs were inferred or missing; empty when certain. */
  readonly because: readonly Doubt[];
}

/** An input that was inferred or missing when a decision needed it. */
export interface Doubt {
  readonly code: DoubtCode;
  /** The function whose fact it is, or `undefined` for a fact of the host. */
  readonly bdf: Bdf | undefined;
  readonly confidence: 'likely' | 'unknown';
  readonly text: string;
  /** One line to type that would supply the input. */
  readonly command?: string;
}

export type DoubtCode =
  | 'config-unreadable'
  | 'acs-by-ids'
  | 'ids-unreadable'
  | 'acs-assumed-enabled'
  | 'inferred'
  | 'depends-on-backport'
  | 'acpi-unreadable'
  | 'rcba-unreadable'
  | 'bar0-unreadable'
  | 'topology-incomplete'
  | 'platform-model'
  | 'supposed';

/** Where one function was placed and by which rule. */
export interface Placement {
  readonly bdf: Bdf;
  /** Id of the isolation group; `undefined` when no IOMMU covers the function. */
  readonly groupId: string | undefined;
  readonly reason: Reason;
  readonly doubts: readonly Doubt[];
}

/** Why a function is in its group; `rule` cites `main/engine/RULES.md`. */
export type Reason =
  | { readonly kind: 'own'; readonly rule: string }
  | { readonly kind: 'alias-bridge'; readonly rule: string; readonly bridge: Bdf }
  | {
      readonly kind: 'alias-devfn';
      readonly rule: string;
      readonly other: Bdf;
      /** What says so: `quirk 1b4b:9172 (function 1)`, `IVRS`. */
      readonly source: string;
    }
  | { readonly kind: 'vmd'; readonly rule: string; readonly endpoint: Bdf }
  | {
      readonly kind: 'no-acs-path';
      readonly rule: string;
      /** The bridge whose group the function joins. */
      readonly bridge: Bdf;
      /** The first function on the way up that lacks the required ACS. */
      readonly failing: Bdf;
      readonly why: AcsVerdict;
    }
  | {
      readonly kind: 'mf-slot';
      readonly rule: string;
      readonly other: Bdf;
      readonly own: AcsVerdict;
      readonly theirs: AcsVerdict;
    }
  | { readonly kind: 'same-pe'; readonly rule: string; readonly other: Bdf; readonly pe: string }
  | { readonly kind: 'same-stream'; readonly rule: string; readonly other: Bdf }
  | { readonly kind: 'same-acpi-devid'; readonly rule: string; readonly other: Bdf }
  | { readonly kind: 'not-covered'; readonly rule: string; readonly text: string };

/** Answer of the ACS test for one function, with what decided it. */
export interface AcsVerdict {
  readonly bdf: Bdf;
  /** `undefined`: cannot be said. Grouping then assumes `false`. */
  readonly isIsolated: boolean | undefined;
  readonly cause: AcsCause;
  readonly doubts: readonly Doubt[];
}

export type AcsCause =
  | { readonly kind: 'quirk'; readonly rule: string; readonly quirk: string; readonly text: string }
  | { readonly kind: 'not-pcie'; readonly rule: string }
  | { readonly kind: 'type-never'; readonly rule: string; readonly portType: string }
  | { readonly kind: 'type-always'; readonly rule: string; readonly portType: string }
  | { readonly kind: 'single-function'; readonly rule: string }
  | {
      readonly kind: 'no-capability';
      readonly rule: string;
      /** It was asked only because it is one of several functions of its slot. */
      readonly hasSiblings: boolean;
    }
  | {
      readonly kind: 'control';
      readonly rule: string;
      readonly capability: number;
      readonly control: number;
      /** Required bits that are capable but off. */
      readonly missing: number;
      /** Offset of the capability in configuration space. */
      readonly offset: number;
      /** True where the control bits are those that the kernel would set, not those read. */
      readonly isAssumed: boolean;
    }
  | { readonly kind: 'override'; readonly rule: string; readonly option: string }
  /** Nothing was read of its ACS: functions like it answered so on other hosts. */
  | { readonly kind: 'seen-elsewhere'; readonly rule: string; readonly text: string }
  | { readonly kind: 'unknown'; readonly rule: string; readonly text: string };

/** One disagreement of the kernel's groups with the predicted ones. */
export interface Difference {
  /** Functions concerned, sorted. */
  readonly members: readonly string[];
  readonly code: DifferenceCode;
  /** The register, file or line that confirms the cause. */
  readonly evidence: string;
  readonly text: string;
}

export type DifferenceCode =
  | 'acs-override'
  | 'acs-changed-after-boot'
  | 'quirk-backport'
  | 'hot-plugged'
  | 'input-unreadable'
  | 'input-inferred'
  | 'unexplained';

/** Everything that the engine says about the groups of one host. */
export interface Grouping {
  readonly provider: ProviderKind;
  readonly isActive: boolean;
  readonly basis: Basis;
  readonly groups: readonly IsolationGroup[];
  readonly placements: ReadonlyMap<Bdf, Placement>;
  /** Functions that no IOMMU covers, sorted. */
  readonly notCovered: readonly Bdf[];
}
