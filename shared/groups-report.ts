import { z } from 'zod';
import {
  basisSchema,
  confidenceSchema,
  differenceSchema,
  doubtSchema,
  problemSchema,
} from './view.ts';

/** `airlock groups --json`: a stable interface. */
export const groupsReportSchema = z.object({
  source: z.object({ kind: z.string(), name: z.string(), kernel: z.string().optional() }),
  iommu: z.object({ provider: z.string(), active: z.boolean() }),
  basis: basisSchema,
  /** Left out where the source shows no groups. */
  observed: z.array(z.object({ id: z.string(), members: z.array(z.string()) })).optional(),
  predicted: z.array(
    z.object({
      id: z.string(),
      members: z.array(z.string()),
      confidence: confidenceSchema,
      because: z.array(doubtSchema),
    }),
  ),
  notCovered: z.array(z.string()),
  differences: z.array(differenceSchema),
  problems: z.array(problemSchema),
});

export type GroupsReport = z.infer<typeof groupsReportSchema>;
