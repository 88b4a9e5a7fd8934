import { z } from 'zod';
import { redactionReportSchema } from './redaction-report.ts';

/** What a copy without names and serials would replace, for who has the original. */
export const redactionPreviewSchema = redactionReportSchema
  .pick({ hasChanged: true, clearedSerials: true, leftOut: true, kept: true })
  .extend({
    /** What the copy is called: the name of the file may hold the name of the host. */
    name: z.string(),
    replaced: z.array(
      redactionReportSchema.shape.replaced.element.extend({
        /** The first of them. */
        examples: z.array(
          z.object({
            token: z.string(),
            /** How it is written in the file; left out for a password or key. */
            spelling: z.string().optional(),
          }),
        ),
      }),
    ),
  });

export type RedactionPreview = z.infer<typeof redactionPreviewSchema>;
