import { z } from 'zod';

export const tokenKindSchema = z.enum([
  'host',
  'user',
  'ip',
  'mac',
  'serial',
  'uuid',
  'label',
  'if',
  'secret',
]);

/** `airlock redact --json`: a stable interface. What was replaced is never in it. */
export const redactionReportSchema = z.object({
  input: z.string(),
  output: z.string(),
  form: z.enum(['directory', 'zip', 'tar', 'text']),
  packing: z.enum(['none', 'gzip', 'zstd']),
  /** False: the output is the input, byte for byte where it is a file. */
  hasChanged: z.boolean(),
  replaced: z.array(
    z.object({
      kind: tokenKindSchema,
      /** Different things, each with a token of its own. */
      things: z.number(),
      places: z.number(),
    }),
  ),
  /** Device Serial Numbers in configuration spaces that were set to zero. */
  clearedSerials: z.number(),
  leftOut: z.object({
    count: z.number(),
    /** The first of them. */
    files: z.array(z.object({ path: z.string(), reason: z.string() })),
  }),
  /** What Airlock reads from input and output alike; left out where the input shows no host. */
  kept: z.object({ functions: z.number(), groups: z.number() }).optional(),
});

export type RedactionReport = z.infer<typeof redactionReportSchema>;
