import { z } from 'zod';

/** One log to read. */
export interface LogText {
  /** What a person calls it: a path, `standard input`, `pasted text`. */
  readonly name: string;
  readonly text: string;
}

export const diagnosisSchema = z.object({
  /** Stable name of the kind of line. */
  id: z.string(),
  weight: z.enum(['cause', 'symptom', 'harmless']),
  /** Address of the device that the line names. */
  device: z.string().optional(),
  /** Name of the log that has the first such line. */
  log: z.string(),
  /** The first such line, and its number from 1. */
  line: z.string(),
  lineNumber: z.number(),
  count: z.number(),
  meaning: z.string(),
  check: z.string(),
  remedy: z.string(),
  source: z.string(),
  /** Ids of what explains it in the same log. */
  follows: z.array(z.string()),
  /** What the facts of the host add; empty without a host. */
  hostFacts: z.array(z.string()),
});

/** `airlock doctor --json`: a stable interface. */
export const doctorReportSchema = z.object({
  /** The host whose facts were joined. */
  host: z.string().optional(),
  /** Whether something is wrong. */
  foundCause: z.boolean(),
  /** Root cause first, what is harmless last. */
  diagnoses: z.array(diagnosisSchema),
});

export type DoctorReport = z.infer<typeof doctorReportSchema>;
