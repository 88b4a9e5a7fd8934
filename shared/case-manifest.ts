import { z } from 'zod';

const noteSchema = z.object({
  text: z.string().max(1_000_000),
  writtenAtMs: z.number().int(),
});
const annotationsSchema = {
  tags: z.array(z.string().min(1).max(200)).max(1000),
  notes: z.array(noteSchema).max(100_000),
};

/** `airlock-case.json`: the first entry of an exported case, a tar archive. */
export const caseManifestSchema = z.object({
  format: z.literal('airlock-case/1'),
  case: z.object({
    name: z.string().min(1).max(200),
    createdAtMs: z.number().int(),
    ...annotationsSchema,
  }),
  /** In the order in which their files follow, as `files/SHA256`. */
  snapshots: z
    .array(
      z.object({
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        name: z.string().min(1).max(4096),
        ...annotationsSchema,
      }),
    )
    .max(100_000),
});

export type CaseManifest = z.infer<typeof caseManifestSchema>;
