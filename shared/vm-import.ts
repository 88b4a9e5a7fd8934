import { z } from 'zod';
import { vmLintSchema } from './vm-lint.ts';

/** What a window asks about a machine that exists, and what it is answered. */

/** Characters of a configuration; large real ones have 30 000. */
export const vmTextSchema = z
  .string()
  .min(1)
  .max(1024 * 1024, 'has more than 1,048,576 characters');

/**
 * How a device that a configuration takes stands on a host.
 *
 * - `there`: nothing is against it;
 * - `missing`: the host has no function at the address;
 * - `moved`: what is at the address now is no device for a VM, so addresses have changed;
 * - `half-a-group`: the machine leaves other devices of the group out;
 * - `not-viable`: VFIO would refuse it as the host is.
 */
export const vmDeviceStateSchema = z.enum([
  'there',
  'missing',
  'moved',
  'half-a-group',
  'not-viable',
]);

export const vmImportSchema = z.object({
  lint: vmLintSchema,
  devices: z.array(
    z.object({
      bdf: z.string(),
      state: vmDeviceStateSchema,
      /** Why; one or two sentences. */
      text: z.string(),
    }),
  ),
});

export const vmMergeSchema = z.object({
  text: z.string(),
  /** Unified; empty where nothing is added. */
  diff: z.string(),
  /** Devices that the machine had before. */
  alreadyThere: z.array(z.string()),
});

/** Where the files of a machine went. */
export const vmExportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('folder'), path: z.string() }),
  /** To be saved by the window: the one file, or a tar archive of all. */
  z.object({ kind: z.literal('download'), name: z.string(), bytes: z.instanceof(Uint8Array) }),
  /** The person closed the dialog. */
  z.object({ kind: z.literal('cancelled') }),
]);

export type VmDeviceState = z.infer<typeof vmDeviceStateSchema>;
export type VmImport = z.infer<typeof vmImportSchema>;
export type VmMerge = z.infer<typeof vmMergeSchema>;
export type VmExport = z.infer<typeof vmExportSchema>;
