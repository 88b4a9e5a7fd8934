import { z } from 'zod';
import { planRefusalSchema, planSchema } from './plan.ts';

/**
 * What a window asks about plans and receipts, and what it is answered. A window names plans by
 * their ids: steps never come from there.
 */

/** The most functions of one wish, and addresses typed against stops. */
const MOST_ADDRESSES = 256;

const address = z.string().min(1).max(32);

/** What somebody wants to have bound, and when; without an address kernel arguments alone. */
export const planWishSchema = z.object({
  addresses: z.array(address).max(MOST_ADDRESSES),
  /** Addresses that were typed to override a stop. */
  overrides: z.array(address).max(MOST_ADDRESSES),
  timerMinutes: z.number().int().min(1).max(60),
  isNow: z.boolean(),
  isAtBoot: z.boolean(),
  /** What builds the boot image, and what makes the kernel line, where files do not tell. */
  initramfs: z.string().max(32).optional(),
  loader: z.string().max(32).optional(),
  /** What the kernel is told besides; only with `isAtBoot`. */
  arguments: z.array(z.string().min(1).max(64)).max(16),
});

/**
 * Who can have the helper work on a host.
 *
 * - `direct`: Airlock runs as root there;
 * - `over-ssh`: Airlock, as the account that the host was reached with;
 * - `asks`: the system asks for administrator rights each time;
 * - `by-hand`: a person, in a terminal, with the line that is shown;
 * - `elsewhere`: the source is a record of a host; a plan leaves as a folder.
 */
export const helperWaySchema = z.object({
  kind: z.enum(['direct', 'over-ssh', 'asks', 'by-hand', 'elsewhere']),
  /** What stands before a verb in a terminal: `sudo sh /…/airlock-helper`; absent elsewhere. */
  command: z.string().optional(),
});

/** A plan, or each reason why there is none. */
export const planAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('plan'), plan: planSchema, way: helperWaySchema }),
  z.object({ kind: z.literal('refused'), refusal: planRefusalSchema }),
]);

/** Where an exported plan went, and the line for a terminal that carries it out. */
export const planExportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), path: z.string(), command: z.string() }),
  /** To be saved by the window: a tar archive of the folder. */
  z.object({
    kind: z.literal('archive'),
    name: z.string(),
    bytes: z.instanceof(Uint8Array),
    command: z.string(),
  }),
  /** The person closed the dialog. */
  z.object({ kind: z.literal('cancelled') }),
]);

export const receiptIdSchema = z.string().regex(/^\d{6}-[0-9a-f]{16}$/);

/**
 * - `applying`, `undoing`, `stuck`: not finished; `recover` gives back what they hold;
 * - `applied`: done, and waits for its confirmation where it has a timer;
 * - `kept`: confirmed before the boot that it changes; waits for that boot;
 * - `damaged`: the journal cannot be read.
 */
export const receiptStateSchema = z.enum([
  'applying',
  'applied',
  'kept',
  'confirmed',
  'undoing',
  'undone',
  'stuck',
  'damaged',
]);

/** One receipt of a host: what was done, when, and how it stands. */
export const receiptViewSchema = z.object({
  id: receiptIdSchema,
  state: receiptStateSchema,
  /** When the plan was begun, and when the receipt last changed; absent where not known. */
  begunAtMs: z.number().optional(),
  changedAtMs: z.number().optional(),
  when: z.array(z.enum(['now', 'boot'])),
  /** Until the timer gives everything back; 0 while it does so. */
  secondsLeft: z.number().optional(),
  /** Whether `confirm` would change something now. */
  canConfirm: z.boolean(),
  /** Whether what it changes comes with the next boot only. */
  waitsForBoot: z.boolean(),
  functions: z.array(
    z.object({
      bdf: z.string(),
      /** What had it before: a driver, or `none`; absent where that is not known. */
      from: z.string().optional(),
      to: z.string(),
      /** Absent where the helper did not look: the receipt holds nothing any more. */
      driver: z.string().optional(),
    }),
  ),
  /** Kernel arguments that it adds; whether the kernel was started with them, where that was looked at. */
  arguments: z.array(z.object({ word: z.string(), isThere: z.boolean().optional() })),
});

export const receiptListSchema = z.object({
  way: helperWaySchema,
  /** The newest first. */
  receipts: z.array(receiptViewSchema),
  problems: z.array(z.object({ code: z.string(), subject: z.string(), text: z.string() })),
});

/** What the helper says while it works. */
export const helperProgressSchema = z.object({
  jobId: z.string(),
  said: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('step'),
      number: z.number(),
      total: z.number(),
      phase: z.enum(['begin', 'done', 'undone']),
    }),
    z.object({
      kind: z.literal('problem'),
      code: z.string(),
      subject: z.string(),
      text: z.string(),
    }),
  ]),
});

export type PlanWishView = z.infer<typeof planWishSchema>;
export type HelperWay = z.infer<typeof helperWaySchema>;
export type PlanAnswer = z.infer<typeof planAnswerSchema>;
export type PlanExport = z.infer<typeof planExportSchema>;
export type ReceiptState = z.infer<typeof receiptStateSchema>;
export type ReceiptView = z.infer<typeof receiptViewSchema>;
export type ReceiptList = z.infer<typeof receiptListSchema>;
export type HelperProgress = z.infer<typeof helperProgressSchema>;
