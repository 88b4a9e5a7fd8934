import { z } from 'zod';

/** What a configuration can be written for. */
export const vmTargetSchema = z.enum([
  'libvirt',
  'qemu',
  'proxmox',
  'virt-install',
  'incus',
  'cloud-hypervisor',
  'kubevirt',
  'nova',
  'nixos',
  'unraid',
]);

export const vmFileSchema = z.object({
  name: z.string(),
  text: z.string(),
  language: z.enum(['xml', 'shell', 'json', 'yaml', 'ini', 'nix', 'text']),
});

/** What a reader should know, about one thing of the model or about all of it. */
export const vmNoteSchema = z.object({
  /** Place in the model: `hostDevices[0].rom`; empty: the whole. */
  path: z.string(),
  text: z.string(),
});

/** Lines of one of the texts, counted from 1; both are part of it. */
export const vmPlaceSchema = z.object({
  /** Index of the file. */
  file: z.int(),
  first: z.int(),
  last: z.int(),
});

/** Something that the tools accept, and that does not work or not well. */
export const vmFindingSchema = z.object({
  code: z.string(),
  severity: z.enum(['stop', 'risk', 'note']),
  /** Place in the model. */
  path: z.string(),
  /** Place in the text; absent where no line is about it. */
  place: vmPlaceSchema.optional(),
  text: z.string(),
  /** What to do; one sentence. */
  remedy: z.string(),
});

/** Something to do on the host before the VM can start. */
export const vmStepSchema = z.object({
  text: z.string(),
  /** For a shell of root; absent where no single command does it. */
  command: z.string().optional(),
});

const version = z.string().regex(/^\d{1,3}\.\d{1,3}(\.\d{1,5})?$/, 'is no version like 9.0.0');

/** How a configuration is written. */
export const vmOptionsSchema = z.object({
  /** All of it, or what gives the devices to an existing machine. */
  scope: z.enum(['whole', 'fragment']).default('whole'),
  vfio: z.enum(['group', 'iommufd']).default('group'),
  /** Of the programs that will read it; left out: what the host says. */
  libvirtVersion: version.optional(),
  qemuVersion: version.optional(),
});

/** `airlock vm --json`: a stable interface. */
export const vmReportSchema = z.object({
  format: z.literal('airlock-vm/1'),
  source: z.object({ kind: z.string(), name: z.string() }),
  target: vmTargetSchema,
  files: z.array(vmFileSchema),
  /** Functions of the host that the VM has, those that go along included. */
  functions: z.array(z.string()),
  findings: z.array(vmFindingSchema),
  steps: z.array(vmStepSchema),
  notes: z.array(vmNoteSchema),
  /** What the target cannot express; one sentence each. */
  unsupported: z.array(vmNoteSchema),
});

export type VmTarget = z.infer<typeof vmTargetSchema>;
export type VmFile = z.infer<typeof vmFileSchema>;
export type VmNote = z.infer<typeof vmNoteSchema>;
export type VmFinding = z.infer<typeof vmFindingSchema>;
export type VmStep = z.infer<typeof vmStepSchema>;
export type VmReport = z.infer<typeof vmReportSchema>;
