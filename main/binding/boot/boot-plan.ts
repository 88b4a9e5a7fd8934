import type { BindsBy } from '../../../shared/plan.ts';
import type { CardIdentity, Step } from '../plan/step.ts';
import type { ConstantFile, KernelArgument, TargetDriver } from '../plan/step-words.ts';
import type { ArgumentMechanism, InitramfsStack } from './boot-stacks.ts';
import type { BootDetection } from './detected.ts';

/** One function that must belong to VFIO from the boot on. */
export interface BootFunction {
  readonly card: CardIdentity;
  readonly to: TargetDriver;
  /** Whether no other function of the host has these ids: stacks that bind by id need it. */
  readonly hasUniqueIds: boolean;
}

export interface BootOptions {
  /** What the kernel must be told beyond the binding: `intel_iommu=on`. Often nothing. */
  readonly arguments: readonly KernelArgument[];
  /** Minutes of the dead-man switch, 1 to 60; undefined for none. */
  readonly timerMinutes: number | undefined;
  /** Texts of the files that the helper ships (`assets/helper/boot`). */
  readonly constants: Readonly<Record<ConstantFile, string>>;
  /** SHA-256 of a text in UTF-8, 64 hexadecimal digits. */
  readonly sha256: (text: string) => string;
  /** Answers by the user where files cannot tell. */
  readonly initramfs?: InitramfsStack;
  readonly loader?: ArgumentMechanism;
}

/** How far what a stack writes was tried. A stack that never ran for real is shown as unproven. */
export type Proof = 'booted' | 'built' | 'linted' | 'read only';

/** A file before and after; undefined is a file that is not there. */
export interface FileChange {
  /** Below the root, without a slash at the beginning. */
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Unified, with three lines of context. */
  readonly diff: string;
}

/** A change with who makes it: `hand` where no step of the helper does. */
export interface OwnedChange extends FileChange {
  readonly by: 'helper' | 'hand';
}

/** What one stack has to do. */
export interface BootPart {
  /** For the helper; empty where it does not drive the stack. */
  readonly steps: readonly Step[];
  /** Every file that changes, by the helper or by hand. */
  readonly changes: readonly FileChange[];
  /** What to do by hand once the files are changed, in order: sentences and command lines. */
  readonly instructions: readonly string[];
  /** The same for the way back: the helper's steps and changes are undone by its receipt. */
  readonly undoInstructions: readonly string[];
  readonly proof: Proof;
  readonly notes: readonly string[];
}

export interface BootPlan extends BootPart {
  readonly detection: BootDetection;
  /** Undefined where nothing is bound. */
  readonly bindsBy: BindsBy | undefined;
  /** Of the part that binds; `proof` is that of the weakest part. */
  readonly bindingProof: Proof;
  /** Of the part that changes the kernel line. */
  readonly loaderProof: Proof;
  /** What was planned for: detected, or chosen by the user. Undefined where nothing is bound. */
  readonly initramfs: InitramfsStack | undefined;
  /** Undefined where the kernel line stays as it is. */
  readonly loader: ArgumentMechanism | undefined;
  /** What starts the host, also where the kernel line stays; undefined where files do not tell. */
  readonly startedBy: ArgumentMechanism | undefined;
  /** Whether the boot menu gets an entry without the changes. */
  readonly hasEntry: boolean;
  readonly arguments: readonly KernelArgument[];
  readonly changes: readonly OwnedChange[];
  /** The changes backwards, last first. */
  readonly undoChanges: readonly FileChange[];
}

export type BootProblem =
  /** No function was named, and no argument. */
  | 'no-functions'
  /** Files do not show what boots the host: the user must say it. */
  | 'undecided-initramfs'
  | 'undecided-loader'
  /** A file that would change could not be read. */
  | 'unreadable-file'
  /** The stack binds by id, and another function has the same. */
  | 'ids-not-unique'
  /** The stack cannot do it. */
  | 'unsupported';
