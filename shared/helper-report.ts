import { z } from 'zod';

/** What a verb of the helper did: `airlock apply`, `status`, `confirm`, `undo`, `recover --json`. */
export const helperReportSchema = z.object({
  verb: z.enum(['apply', 'status', 'confirm', 'undo', 'recover']),
  /** The helper's last word: `applied`, `undone`, `refused`, `stuck`, `confirmed`, `kept`. */
  result: z.string().optional(),
  /** Exit status of the helper; assets/helper/STEPS.md names them. */
  helperStatus: z.number(),
  receipts: z.array(
    z.object({
      id: z.string(),
      state: z.string().optional(),
      /** Until the timer gives everything back. */
      secondsLeft: z.number().optional(),
      /** Whether what the plan changes comes with the next boot; absent after that. */
      waitsForBoot: z.boolean().optional(),
      /** After the boot: whether the kernel was started with what the plan adds. */
      arguments: z.array(z.object({ word: z.string(), isThere: z.boolean() })).optional(),
      functions: z.array(z.object({ bdf: z.string(), driver: z.string(), planned: z.string() })),
    }),
  ),
  /** Steps that were done or undone, in the order in which that happened. */
  steps: z.array(
    z.object({ number: z.number(), total: z.number(), phase: z.string(), subject: z.string() }),
  ),
  problems: z.array(z.object({ code: z.string(), subject: z.string(), text: z.string() })),
  /** What somebody changed in a file since, where an undo stops for it. */
  diff: z.array(z.string()),
});
export type HelperReport = z.infer<typeof helperReportSchema>;
