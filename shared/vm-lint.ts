import { z } from 'zod';
import { vmFindingSchema } from './vm-report.ts';

/** `airlock vm lint --json`: a stable interface. */
export const vmLintSchema = z.object({
  format: z.literal('airlock-vm-lint/1'),
  /** What the file is for. */
  configuration: z.enum(['libvirt', 'qemu', 'proxmox']),
  name: z.string(),
  /** Functions of the host that it takes. */
  functions: z.array(z.string()),
  findings: z.array(vmFindingSchema),
  /** The file without the findings that need no choice; absent where nothing is corrected. */
  mended: z
    .object({
      /** Codes that are gone. */
      codes: z.array(z.string()),
      text: z.string(),
      /** Unified, of the file. */
      diff: z.string(),
    })
    .optional(),
  /** What the file has beyond what is judged, by its own names. */
  left: z.array(z.string()),
});

export type VmLint = z.infer<typeof vmLintSchema>;
