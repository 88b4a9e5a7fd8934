import { shortBdf, type Bdf } from '../../../shared/bdf.ts';
import { known } from '../../../shared/fact.ts';
import type { PciFunction } from '../../../shared/host.ts';
import type { GroupChange, MemberGroup } from '../whatif/compare-groups.ts';
import { describeAcs, findAcsChanges, type AcsChange } from './acs-changes.ts';
import { diffWords } from './diff-words.ts';
import type { FunctionPairs } from './pair-functions.ts';
import { findFactors, type Comparing, type Factor } from './explain-group-change.ts';

/** Why groups differ; `unexplained` wherever no evidence confirms a cause. */
export type GroupReasonCode =
  | 'kernel'
  | 'bios'
  | 'acs-bits'
  | 'acs-override'
  | 'command-line'
  | 'firmware-tables'
  | 'coverage'
  | 'slot'
  | 'devices'
  | 'unexplained';

export interface GroupReason {
  readonly code: GroupReasonCode;
  /** Register, file or address on both sides. */
  readonly evidence: string;
  readonly text: string;
}

/** Why one set of groups differs between two hosts. Never empty. */
export function reasonsOf(
  change: GroupChange<MemberGroup>,
  comparing: Comparing,
): readonly GroupReason[] {
  const factors = findFactors(change, comparing);
  if (factors === undefined) return [NOT_PREDICTED];
  const reasons = factors.map((factor) => reasonOf(factor, change, comparing));
  return reasons.length === 0 || reasons.includes(undefined)
    ? [NO_EVIDENCE]
    : reasons.filter((reason) => reason !== undefined);
}

const NOT_PREDICTED: GroupReason = {
  code: 'unexplained',
  evidence: 'the rules do not give the groups that one of the two shows',
  text: 'One of the two has other groups than its rules give, so nothing can be proved about the change; airlock groups says more about each',
};

const NO_EVIDENCE: GroupReason = {
  code: 'unexplained',
  evidence: 'no single difference that was read leads from one to the other',
  text: 'What was read of the two does not confirm a cause',
};

function reasonOf(
  factor: Factor,
  change: GroupChange<MemberGroup>,
  comparing: Comparing,
): GroupReason | undefined {
  switch (factor) {
    case 'devices':
      return devicesReason(change, comparing);
    case 'tables':
      return withBios(comparing, {
        code: 'firmware-tables',
        evidence: 'ACPI tables of the IOMMU (IVRS aliases) differ',
        text: 'Firmware describes the IOMMU in another way',
      });
    case 'commandLine':
    case 'override':
      return optionReason(factor, comparing);
    case 'kernel':
      return {
        code: 'kernel',
        evidence: `proc/sys/kernel/osrelease: ${releaseOf(comparing, 'before')}, then ${releaseOf(comparing, 'after')}`,
        text: 'The two kernels treat these functions in different ways: one has an exception (quirk) or a rule that the other lacks',
      };
    case 'registers':
      return registersReason(change, comparing);
    case 'coverage':
      return coverageReason(change, comparing);
  }
}

function releaseOf(comparing: Comparing, side: 'before' | 'after'): string {
  return known(comparing[side].kernelRelease) ?? 'unknown';
}

function optionReason(factor: 'commandLine' | 'override', comparing: Comparing): GroupReason {
  const { removed, added } = diffWords(
    known(comparing.before.commandLine) ?? '',
    known(comparing.after.commandLine) ?? '',
  );
  const isOverride = (word: string) => word.startsWith('pcie_acs_override=');
  const concerns = (word: string) => isOverride(word) === (factor === 'override');
  const words = [
    ...removed.filter(concerns).map((word) => `-${word}`),
    ...added.filter(concerns).map((word) => `+${word}`),
  ];
  return {
    code: factor === 'override' ? 'acs-override' : 'command-line',
    evidence: `proc/cmdline: ${words.join(' ')}`,
    text:
      factor === 'override'
        ? 'One of the two runs a kernel that was told to take devices for isolated that are not (pcie_acs_override). The smaller groups hide missing isolation'
        : 'Options of the kernel change what it makes of ACS',
  };
}

function registersReason(
  change: GroupChange<MemberGroup>,
  comparing: Comparing,
): GroupReason | undefined {
  const acs = findAcsChanges(comparing.pairs).filter((one) => concernsGroups(one, change));
  if (acs.length === 0) return undefined;
  const evidence = acs.slice(0, 4).map(describeAcs).join('; ');
  const reason: GroupReason = {
    code: 'acs-bits',
    evidence,
    text: 'Access control (ACS) of these functions differs: what it isolates in one of the two it does not isolate in the other',
  };
  // Control bits are the kernel's and tools' to write; what a function offers, firmware decides.
  return acs.some(({ isOffer }) => isOffer) ? withBios(comparing, reason) : reason;
}

function coverageReason(
  change: GroupChange<MemberGroup>,
  { pairs }: Comparing,
): GroupReason | undefined {
  const unit = ({ iommuUnit }: PciFunction) => known(iommuUnit) ?? 'none';
  const parts = membersOf(change, pairs)
    .filter(({ before, after }) => unit(before) !== unit(after))
    .map(({ before, after }) => `${shortBdf(before.bdf)}: ${unit(before)}, then ${unit(after)}`);
  if (parts.length === 0) return undefined;
  return {
    code: 'coverage',
    evidence: `link iommu of ${shorten(parts).join('; ')}`,
    text: 'The IOMMU of one of the two does not cover functions that the other covers; a function that is not covered has no group',
  };
}

/** Functions of the groups in question that both hosts have. */
function membersOf(change: GroupChange<MemberGroup>, { pairs }: FunctionPairs) {
  return pairs.filter(
    (pair) => isIn(change, 'before', pair.before.bdf) || isIn(change, 'after', pair.after.bdf),
  );
}

function isIn(change: GroupChange<MemberGroup>, side: 'before' | 'after', bdf: Bdf): boolean {
  return change[side].some(({ members }) => members.includes(bdf));
}

/** Firmware is named only where its version changed too. */
function withBios({ before, after }: Comparing, reason: GroupReason): GroupReason {
  const [old, now] = [before, after].map(({ machine }) => known(machine?.board.biosVersion));
  if (old === undefined || now === undefined || old === now) return reason;
  return {
    code: 'bios',
    evidence: `BIOS ${old}, then ${now}; ${reason.evidence}`,
    text: `The firmware is another version. ${reason.text}`,
  };
}

/** ACS of a member, or of a port above one: walking up to the root decides the group. */
function concernsGroups({ pair }: AcsChange, change: GroupChange<MemberGroup>): boolean {
  return (
    isIn(change, 'before', pair.before.bdf) ||
    isIn(change, 'after', pair.after.bdf) ||
    isBridge(pair.before) ||
    isBridge(pair.after)
  );
}

function isBridge({ classCode }: PciFunction): boolean {
  return typeof classCode === 'number' && classCode >>> 8 === 0x0604;
}

function devicesReason(
  change: GroupChange<MemberGroup>,
  { pairs }: Comparing,
): GroupReason | undefined {
  const here = membersOf(change, pairs);
  const moved = here.filter(({ kind }) => kind === 'moved');
  const replaced = here.filter(({ kind }) => kind === 'replaced');
  const gone = pairs.removed.filter(({ bdf }) => isIn(change, 'before', bdf));
  const come = pairs.added.filter(({ bdf }) => isIn(change, 'after', bdf));
  const parts = [
    ...moved.map((pair) => `${shortBdf(pair.before.bdf)} is now ${shortBdf(pair.after.bdf)}`),
    ...replaced.map(({ after }) => `${shortBdf(after.bdf)} is another device`),
    ...gone.map(({ bdf }) => `${shortBdf(bdf)} is gone`),
    ...come.map(({ bdf }) => `${shortBdf(bdf)} is new`),
  ];
  if (parts.length === 0) return undefined;
  const isMoveOnly = parts.length === moved.length;
  return {
    code: isMoveOnly ? 'slot' : 'devices',
    evidence: shorten(parts).join('; '),
    text: isMoveOnly
      ? 'A card is in another slot, and the way from there to the root isolates in another way'
      : 'The group has other devices in it',
  };
}

function shorten(parts: readonly string[]): readonly string[] {
  return parts.length > 8 ? [...parts.slice(0, 8), `and ${parts.length - 8} more`] : parts;
}
