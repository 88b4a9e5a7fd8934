import type { Bdf } from '../../../shared/bdf.ts';
import type {
  KernelArgument,
  ArgumentsPlace,
  BootStack,
  ConstantFile,
  StepModule,
  TargetDriver,
} from './step-words.ts';

/**
 * What the helper is told to do: the content of a `steps.txt`. `assets/helper/STEPS.md` is its
 * grammar and says what each step does, expects and how it is undone.
 */
export interface StepsFile {
  /** 16 hexadecimal digits; the second half of the receipt's name. */
  readonly planId: string;
  /** First 32 digits of the SHA-256 of `airlock:` and the text of `/etc/machine-id`, or any machine. */
  readonly machine: string | undefined;
  /** `/proc/sys/kernel/random/boot_id` for a plan that must not outlive a reboot. */
  readonly bootId: string | undefined;
  /** Kernel release (`uname -r`) that the plan was made for, or any. */
  readonly kernelRelease: string | undefined;
  readonly steps: readonly Step[];
}

/** One line of a `steps.txt`. */
export type Step =
  | RunStep
  /** The dead-man timer: first lines of a plan. `boot` needs a `revert-` constant file. */
  | { readonly kind: 'timer'; readonly when: 'run' | 'boot'; readonly minutes: number }
  /** Kept for the start of a machine: the file of its `hook` step has these. */
  | { readonly kind: 'start'; readonly step: RunStep }
  /** Has the machine of libvirt with this name get the card when it starts. */
  | { readonly kind: 'hook'; readonly machine: string; readonly before: FileBefore }
  /** A function to be bound at boot; lines of the list that the `list` step writes. */
  | { readonly kind: 'function'; readonly card: CardIdentity; readonly to: TargetDriver }
  | { readonly kind: 'list'; readonly before: FileBefore }
  | { readonly kind: 'install'; readonly name: ConstantFile; readonly before: FileBefore }
  | {
      readonly kind: 'arguments';
      readonly place: ArgumentsPlace;
      readonly before: FileBefore;
      readonly arguments: readonly KernelArgument[];
    }
  | { readonly kind: 'rebuild'; readonly stack: BootStack };

/** What moves functions while the host runs. */
export type RunStep =
  | { readonly kind: 'module'; readonly name: StepModule }
  /** Opens the block of one group: it must have exactly these members, `bdf` among them. */
  | { readonly kind: 'group'; readonly bdf: Bdf; readonly members: readonly string[] }
  /** Moves one function of the open group; everything but `to` is what must be there before. */
  | {
      readonly kind: 'driver';
      readonly card: CardIdentity;
      /** Undefined: no driver. */
      readonly from: string | undefined;
      /** Undefined: `driver_override` is not set. */
      readonly override: string | undefined;
      readonly to: TargetDriver;
    }
  /** Closes the block of the group that `bdf` opened: the kernel would call it viable. */
  | { readonly kind: 'viable'; readonly bdf: Bdf };

/** What must be at an address for a step to touch it; a card that moved is left alone. */
export interface CardIdentity {
  readonly bdf: Bdf;
  /** `vendor:device`, four lower-case digits each. */
  readonly ids: string;
  /** `vendor:device` of the subsystem. */
  readonly subsystem: string;
  /** Six digits as in sysfs `class`, without `0x`. Never `06....`: bridges stay. */
  readonly classCode: string;
  /** Name below `/sys/bus/pci/slots`; undefined where no physical slot is known. */
  readonly slot: string | undefined;
}

/** SHA-256 (64 hexadecimal digits) of what a file step finds in its place, or nothing is there. */
export type FileBefore = string | undefined;
