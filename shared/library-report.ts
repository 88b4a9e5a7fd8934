import { z } from 'zod';

const noteSchema = z.object({ text: z.string(), writtenAtMs: z.number() });

export const snapshotViewSchema = z.object({
  id: z.number(),
  /** Of the bytes as they were imported. */
  sha256: z.string(),
  /** Name of the imported file. */
  name: z.string(),
  /** What the host is called. */
  title: z.string(),
  importedAtMs: z.number(),
  capturedAtMs: z.number().optional(),
  kernel: z.string().optional(),
  os: z.string().optional(),
  functionCount: z.number(),
  problemCount: z.number(),
});

export const caseViewSchema = z.object({
  name: z.string(),
  createdAtMs: z.number(),
  snapshotCount: z.number(),
});

/** `airlock library list --json` and `library search --json`: a stable interface. */
export const libraryListSchema = z.object({
  /** Newest import first. */
  snapshots: z.array(snapshotViewSchema),
  /** Whether there are more than were asked for. */
  hasMore: z.boolean(),
  /** All cases, newest first; a search leaves them out. */
  cases: z.array(caseViewSchema).optional(),
});

/** `airlock library show ID --json`: a stable interface. */
export const snapshotReportSchema = snapshotViewSchema.extend({
  cases: z.array(z.string()),
  tags: z.array(z.string()),
  notes: z.array(noteSchema),
});

/** `airlock library show case:NAME --json`: a stable interface. */
export const caseReportSchema = caseViewSchema.extend({
  tags: z.array(z.string()),
  notes: z.array(noteSchema),
  snapshots: z.array(snapshotViewSchema),
});

/** `airlock import --json`: a stable interface. */
export const importReportSchema = z.object({
  imported: z.array(
    z.object({
      id: z.number(),
      /** False where the same bytes were there already. */
      isNew: z.boolean(),
      name: z.string(),
      title: z.string(),
    }),
  ),
  /** One sentence for each file that was not imported. */
  failed: z.array(z.string()),
});

/** `airlock library learn --json`: a stable interface. */
export const learnReportSchema = z.object({
  snapshots: z.number(),
  /** Snapshots whose groups prove something. */
  taught: z.number(),
  /** The others, by reason. */
  refused: z.record(z.string(), z.number()),
  observations: z.number(),
  boards: z.number(),
  rows: z.number(),
});

export type LibraryList = z.infer<typeof libraryListSchema>;
export type SnapshotReport = z.infer<typeof snapshotReportSchema>;
export type CaseReport = z.infer<typeof caseReportSchema>;
export type ImportReport = z.infer<typeof importReportSchema>;
export type LearnReport = z.infer<typeof learnReportSchema>;
