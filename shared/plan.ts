import { z } from 'zod';
import type { Failure } from './result.ts';

const severitySchema = z.enum(['stop', 'risk', 'note']);

const findingSchema = z.object({
  code: z.string(),
  severity: severitySchema,
  subjects: z.array(z.string()),
  title: z.string(),
  text: z.string(),
  evidence: z.string(),
});

/** One line of `steps.txt` with what it means. */
const planStepSchema = z.object({
  /** As in `steps.txt`, without the line's end. */
  line: z.string(),
  /** The state without which the helper does not act; one sentence. */
  expects: z.string(),
  effect: z.string(),
  undo: z.string(),
});

/** A file that the plan changes: unified diffs, for `patch -p1` and for reading. */
const fileChangeSchema = z.object({
  /** Below the root, without a slash at the beginning. */
  path: z.string(),
  /** `hand`: no step of the helper does it. */
  by: z.enum(['helper', 'hand']),
  diff: z.string(),
  undoDiff: z.string(),
});

/**
 * How far what is written was tried for a stack: booted; an image built; read by the stack's own
 * tools; never run. The window shows the last as unproven.
 */
const proofSchema = z.enum(['booted', 'built', 'linted', 'read only']);

/** What of several is used, and the files that show it. */
const usedSchema = z.object({
  used: z.string(),
  /** Whether the user said so; otherwise files show it. */
  isChosen: z.boolean(),
  reason: z.string(),
  installed: z.array(z.string()),
  evidence: z.array(z.object({ path: z.string(), shows: z.string() })),
  proof: proofSchema,
});

/**
 * What tells the card at boot: the hook of Airlock by its list, an address with ids, ids alone, or
 * the system by means of its own.
 */
const bindsBySchema = z.enum(['hook', 'address', 'ids', 'system']);

const nextBootSchema = z.object({
  /** What makes the initramfs; absent where nothing is bound. */
  initramfs: usedSchema.optional(),
  /** What makes the kernel line; absent where the plan does not change that. */
  loader: usedSchema.optional(),
  /** Absent where nothing is bound: the plan is for kernel arguments alone. */
  bindsBy: bindsBySchema.optional(),
  /** What starts the host, also where the kernel line stays; absent where files do not tell. */
  startedBy: z.string().optional(),
  /** Whether the boot menu gets an entry without the changes. */
  hasEntry: z.boolean(),
  /** Kernel arguments that are added. */
  arguments: z.array(z.string()),
  /** The weakest of its parts. */
  proof: proofSchema,
  /** Whether texts are those of the host, byte for byte; otherwise the helper may refuse. */
  isExact: z.boolean(),
  /** Minutes of the dead-man switch after the first boot; absent where nothing waits. */
  timerMinutes: z.number().optional(),
  /** What to do by hand after the changes by hand, in order: sentences and command lines. */
  instructions: z.array(z.string()),
  undoInstructions: z.array(z.string()),
});

/** `plan.json` of a plan folder, and `airlock plan --json`: a stable interface. */
export const planSchema = z.object({
  format: z.literal('airlock-plan/1'),
  /** 16 hexadecimal digits: of the steps and of what the plan is bound to. */
  id: z.string().regex(/^[0-9a-f]{16}$/),
  /** `machine-start`: whenever the machine of `machineStart` starts, until it ends. */
  when: z.array(z.enum(['now', 'boot', 'machine-start'])).min(1),
  source: z.object({ kind: z.string(), name: z.string() }),
  /** What must be so for the helper to begin; `any` where the source does not say. */
  boundTo: z.object({ machine: z.string(), boot: z.string(), kernel: z.string() }),
  asked: z.array(z.string()),
  verdict: z.enum(['ready', 'needs-companions', 'risky', 'blocked']),
  sentence: z.string(),
  /** Addresses that were typed to override a stop. */
  overrides: z.array(z.string()),
  groups: z.array(z.object({ id: z.string(), members: z.array(z.string()) })),
  moves: z.array(
    z.object({
      bdf: z.string(),
      name: z.string(),
      /** Absent: no driver has it. */
      from: z.string().optional(),
      to: z.string(),
      isAsked: z.boolean(),
      /** `driver`: a step moves it; `already`: VFIO has it. */
      by: z.enum(['driver', 'already']),
    }),
  ),
  stays: z.array(
    z.object({
      member: z.string(),
      name: z.string(),
      driver: z.string().optional(),
      reason: z.string(),
    }),
  ),
  /** What the host loses, and what else was found. */
  findings: z.array(findingSchema),
  /** Minutes after the last step after which everything is given back unless it is confirmed. */
  timerMinutes: z.number().optional(),
  /** None where all is done by hand. */
  steps: z.array(planStepSchema),
  /** The machine of libvirt that gets the functions when it starts; absent without hooks. */
  machineStart: z.string().optional(),
  /** What the next boot gets; absent for a binding at run time alone. */
  boot: nextBootSchema.optional(),
  fileChanges: z.array(fileChangeSchema),
  /** Remarks: other ways, and what is not known. Full sentences. */
  notes: z.array(z.string()),
});

/** What will be done to a host, why, and how it is taken back: plain data. */
export type Plan = z.infer<typeof planSchema>;
export type FileChange = z.infer<typeof fileChangeSchema>;
export type NextBoot = z.infer<typeof nextBootSchema>;
export type BindsBy = z.infer<typeof bindsBySchema>;
/** One stack that a plan is for. */
export type UsedStack = z.infer<typeof usedSchema>;

/**
 * Why there is no plan.
 *
 * - `refused`: the host, the kernel or a finding of severity stop stands against it;
 * - `unknown-facts`: something that decides could not be read;
 * - `nothing-to-do`: VFIO has all of it already.
 */
export type PlanRefusalCode = 'refused' | 'unknown-facts' | 'nothing-to-do';

const planReasonSchema = z.object({
  code: z.string(),
  subjects: z.array(z.string()),
  text: z.string(),
  /** Typing these addresses as overrides takes this reason away; absent where nothing does. */
  overridable: z.array(z.string()).optional(),
  /** What the user can say to take this reason away: `undecided-initramfs`, `undecided-loader`. */
  choices: z.array(z.string()).optional(),
  /** A kernel argument that is missing: a plan of it alone, and a boot, come first. */
  argument: z.string().optional(),
});
export type PlanReason = z.infer<typeof planReasonSchema>;

/** `airlock plan --json` where there is no plan. */
export const planRefusalSchema = z.object({
  format: z.literal('airlock-plan-refusal/1'),
  code: z.enum(['refused', 'unknown-facts', 'nothing-to-do']),
  reasons: z.array(planReasonSchema).min(1),
});

/** A refusal with each of its reasons; the message names the first. */
export interface PlanRefusal extends Failure<PlanRefusalCode> {
  readonly reasons: readonly PlanReason[];
}
