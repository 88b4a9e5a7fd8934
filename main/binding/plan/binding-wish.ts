import type { Bdf } from '../../../shared/bdf.ts';
import type { Grouping } from '../../../shared/isolation.ts';
import type { FileChange, NextBoot, PlanReason } from '../../../shared/plan.ts';
import type { Result } from '../../../shared/result.ts';
import type { ActingGroup } from '../../engine/check-move.ts';
import type { EngineContext } from '../../engine/context.ts';
import type { DecidedMove } from './run-steps.ts';
import type { Step } from './step.ts';

/** What somebody wants. */
export interface BindingWish {
  readonly functions: readonly Bdf[];
  /** Bind at run time; otherwise only what the boot plan brings. */
  readonly isNow: boolean;
  /** Not now: whenever the machine of libvirt with this name starts. */
  readonly machineStart?: string;
  /** Addresses that the user typed to override stops. */
  readonly overrides: readonly Bdf[];
  /** Of the timer, where the plan needs one: 1 to 60. */
  readonly timerMinutes: number;
}

/** What is known about the host, and what the planner cannot make by itself. */
export interface BindingFacts {
  readonly context: EngineContext;
  readonly grouping: Grouping;
  /** The group that the kernel shows; predicted groups are never acted on. */
  readonly observedGroup: (bdf: Bdf) => ActingGroup | undefined;
  /** First 32 digits of the digest of the machine's id, or not known. */
  readonly machine: string | undefined;
  /** Of the running host only: a snapshot may be of an earlier boot. */
  readonly bootId: string | undefined;
  /** The name of a function for people. */
  readonly nameOf: (bdf: Bdf) => string;
  /** 16 hexadecimal digits of a text; the same for the same text. */
  readonly digest: (text: string) => string;
}

/** What `main/binding/boot` adds to a plan for the next boot. */
export interface BootPlan {
  /** After those of run time, a timer before them. None where all is done by hand. */
  readonly steps: readonly Step[];
  /** Undefined where the start of a machine is planned. */
  readonly boot: NextBoot | undefined;
  readonly fileChanges: readonly FileChange[];
  readonly notes: readonly string[];
}

/** Plans the next boot for functions of whole groups; fails with the reason why it cannot. */
export type PlanNextBoot = (moves: readonly DecidedMove[]) => Result<BootPlan, PlanReason>;
