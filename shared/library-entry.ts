import { z } from 'zod';
import { caseReportSchema, snapshotReportSchema } from './library-report.ts';

/** One thing of the library, with its tags and notes. */
export const libraryEntrySchema = z.discriminatedUnion('kind', [
  snapshotReportSchema.extend({ kind: z.literal('snapshot') }),
  caseReportSchema.extend({ kind: z.literal('case') }),
]);

const tag = z.string().trim().min(1).max(200);

/** What a window may change of a snapshot or a case. */
export const libraryChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('add-tag'), tag }),
  z.object({ kind: z.literal('remove-tag'), tag }),
  z.object({ kind: z.literal('add-note'), text: z.string().trim().min(1).max(100_000) }),
  /** Opens the case where there is none of this name. For a snapshot. */
  z.object({ kind: z.literal('put-into-case'), case: z.string().trim().min(1).max(200) }),
]);

export type LibraryEntry = z.infer<typeof libraryEntrySchema>;
export type LibraryChange = z.infer<typeof libraryChangeSchema>;
