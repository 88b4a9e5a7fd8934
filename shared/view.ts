import { z } from 'zod';
import { doctorReportSchema } from './doctor-report.ts';
import { FACT_ORIGINS } from './report.ts';

/**
 * What the backend tells a window or a JSON reader: plain data, words included. The schemas are the
 * source; the types follow from them.
 */

export const confidenceSchema = z.enum(['certain', 'likely', 'unknown']);
export const basisSchema = z.enum(['as-is', 'as-if-on']);
export const verdictSchema = z.enum(['ready', 'needs-companions', 'risky', 'blocked', 'unknown']);
export const ownershipSchema = z.enum(['host', 'mixed', 'claimed', 'in-use', 'unbound', 'unknown']);

export const problemSchema = z.object({ path: z.string(), code: z.string(), text: z.string() });

export const doubtSchema = z.object({
  code: z.string(),
  bdf: z.string().optional(),
  confidence: z.enum(['likely', 'unknown']),
  text: z.string(),
  command: z.string().optional(),
});

export const differenceSchema = z.object({
  members: z.array(z.string()),
  code: z.string(),
  evidence: z.string(),
  text: z.string(),
});

export const sourceViewSchema = z.object({
  kind: z.enum(['live', 'archive', 'directory', 'report', 'ssh', 'library']),
  name: z.string(),
  capturedAtMs: z.number().optional(),
  wasRoot: z.boolean().optional(),
});

/** State of the IOMMU in words, and the one thing to do about it. */
export const iommuViewSchema = z.object({
  provider: z.string(),
  /** `active` groups exist; `off` hardware is there but unused; `absent` no sign of one; `unseen` the source does not say. */
  state: z.enum(['active', 'off', 'absent', 'unseen']),
  units: z.array(z.string()),
  sentence: z.string(),
  evidence: z.string(),
  advice: z.array(
    z.object({
      title: z.string(),
      text: z.string(),
      /** Something to copy: a command to type, or an option for the boot loader. */
      copy: z.object({ text: z.string(), isCommand: z.boolean() }).optional(),
      /** A kernel argument that a plan of its own can add on this host. */
      planArgument: z.string().optional(),
    }),
  ),
});

/** Coarse kind of a function, for icons and filters. */
export const deviceKindSchema = z.enum([
  'gpu',
  'audio',
  'nvme',
  'storage',
  'usb',
  'network',
  'wireless',
  'bridge',
  'port',
  'system',
  'accelerator',
  'other',
]);

export const functionViewSchema = z.object({
  bdf: z.string(),
  /** Name of the device by pci.ids, or its ids. */
  name: z.string(),
  vendorName: z.string(),
  className: z.string(),
  kind: deviceKindSchema,
  /** `10de:2206`. */
  ids: z.string(),
  subsystemIds: z.string().optional(),
  revision: z.string().optional(),
  parent: z.string().optional(),
  rootBus: z.string(),
  /** Port type in words: `root port`, `conventional PCI`. */
  role: z.string(),
  driver: z.string().optional(),
  /** Without a `driver`: `none` where the host says so, `unknown` where the source does not tell. */
  driverState: z.enum(['bound', 'none', 'unknown']),
  driverOverride: z.string().optional(),
  /** Verdict and sentence for passing on this one function, leaving aside that the IOMMU is off. */
  verdict: verdictSchema,
  sentence: z.string(),
  /** Group shown for the function: the kernel's where there are some, else the predicted one. */
  groupId: z.string().optional(),
  observedGroupId: z.string().optional(),
  predictedGroupId: z.string().optional(),
  /** ACS of the function in one word and in one line with the register. */
  acs: z.enum(['isolates', 'does-not-isolate', 'unknown']),
  acsText: z.string(),
  physicalFunction: z.string().optional(),
  physicalSlot: z.string().optional(),
  label: z.string().optional(),
  numaNode: z.number().optional(),
  resetMethods: z.array(z.string()).optional(),
  /** How many virtual functions a physical function can have; absent where it has no SR-IOV. */
  totalVfs: z.number().optional(),
  /** Of a port that leads to a link with nothing on it; `label` is printed beside the slot. */
  freeSlot: z.object({ label: z.string().optional() }).optional(),
  isBootVga: z.boolean(),
  /** Ports, bridges and parts of the chipset: nothing that a VM could use. */
  isHostPart: z.boolean(),
  link: z.string().optional(),
  memoryBytes: z.number().optional(),
  /** What the host made of it: `net/eth0`, `nvme/nvme0`, `drm/card0`. */
  children: z.array(z.string()),
  /** Facts of this function that could not be read, in words. */
  unread: z.array(z.string()),
});

export const memberViabilitySchema = z.object({
  member: z.string(),
  driver: z.string().optional(),
  state: z.enum(['ok', 'blocks', 'unknown']),
  text: z.string(),
});

export const viabilitySchema = z.object({
  model: z.enum(['described', 'enforced']),
  isViable: z.boolean().optional(),
  members: z.array(memberViabilitySchema),
  hotplug: z.string(),
});

export const groupViewSchema = z.object({
  id: z.string(),
  kind: z.enum(['observed', 'predicted']),
  /** Addresses, and `bus:name` for members of other buses. */
  members: z.array(z.string()),
  /** Type or name that the kernel gives the group. */
  type: z.string().optional(),
  name: z.string().optional(),
  ownership: ownershipSchema,
  /** Verdict for passing on what the group holds that can be passed on. */
  verdict: verdictSchema,
  sentence: z.string(),
  viability: viabilitySchema,
  confidence: confidenceSchema,
  because: z.array(doubtSchema),
  /** Whether the prediction forms the same group; absent where nothing can be compared. */
  agrees: z.boolean().optional(),
});

/** How a report was understood, and where the facts in it are from. */
export const reportViewSchema = z.object({
  /** Lines that one program wrote; at most a thousand. */
  parts: z.array(
    z.object({
      kind: z.enum([
        'lspci',
        'lspci-records',
        'lspci-tree',
        'group-listing',
        'kernel-log',
        'system-text',
        'node-device',
        'facter',
        'udev',
      ]),
      /** Path in the bundle; absent for a text by itself. */
      file: z.string().optional(),
      firstLine: z.number(),
      lastLine: z.number(),
      confidence: z.enum(['certain', 'likely']),
    }),
  ),
  /** For each kind of fact, how many functions have it from where; best origin first. */
  facts: z.array(
    z.object({
      fact: z.enum(['ids', 'class', 'driver', 'group', 'acs', 'place']),
      origins: z.array(
        z.object({
          origin: z.enum(FACT_ORIGINS),
          count: z.number(),
        }),
      ),
      /** Functions of which the report does not tell it. */
      missing: z.number(),
    }),
  ),
  /** The one line to ask the sender for; absent where nothing that decides is missing. */
  command: z.string().optional(),
});

export const hostViewSchema = z.object({
  hostId: z.string(),
  source: sourceViewSchema,
  /** Board or product name, or the source's name. */
  title: z.string(),
  board: z.string().optional(),
  bios: z.string().optional(),
  os: z.string().optional(),
  kernelRelease: z.string().optional(),
  commandLine: z.string().optional(),
  iommu: iommuViewSchema,
  basis: basisSchema,
  /** What the reading could not see, and whether administrator rights would help. */
  lacksRights: z.boolean(),
  functions: z.array(functionViewSchema),
  groups: z.array(groupViewSchema),
  /** Addresses that no IOMMU covers. */
  notCovered: z.array(z.string()),
  differences: z.array(differenceSchema),
  problems: z.array(problemSchema),
  /** What the logs mean that the source holds, without what is harmless; left out where it holds none. */
  log: doctorReportSchema.optional(),
  /** Where the source is a report in place of a tree. */
  report: reportViewSchema.optional(),
});

export const hostSummarySchema = z.object({
  hostId: z.string(),
  title: z.string(),
  source: sourceViewSchema,
});

/** One step of an explanation: from the function up to the root complex. */
export const hopSchema = z.object({
  bdf: z.string(),
  name: z.string(),
  /** Rule of `main/engine/RULES.md` that speaks here. */
  rule: z.string(),
  outcome: z.enum(['isolates', 'joins', 'passes', 'unknown', 'info']),
  text: z.string(),
  /** Register and value, or file. */
  evidence: z.string(),
});

export const explanationSchema = z.object({
  bdf: z.string(),
  title: z.string(),
  groupId: z.string().optional(),
  members: z.array(z.string()),
  /** One sentence: why here. */
  summary: z.string(),
  hops: z.array(hopSchema),
  /** What would split the group, safest first; never empty. */
  splits: z.array(z.object({ text: z.string(), risk: z.enum(['none', 'low', 'high']) })),
  confidence: confidenceSchema,
  doubts: z.array(doubtSchema),
  differences: z.array(differenceSchema),
  /** Under which requester IDs the DMA of the function appears. */
  requesterIds: z.array(z.object({ id: z.string(), text: z.string() })),
});

export const findingSchema = z.object({
  code: z.string(),
  severity: z.enum(['stop', 'risk', 'note']),
  subjects: z.array(z.string()),
  title: z.string(),
  text: z.string(),
  evidence: z.string(),
});

export const checkSchema = z.object({
  asked: z.array(z.string()),
  verdict: verdictSchema,
  sentence: z.string(),
  groupIds: z.array(z.string()),
  moves: z.array(
    z.object({ bdf: z.string(), driver: z.string().optional(), isAsked: z.boolean() }),
  ),
  stays: z.array(
    z.object({ member: z.string(), driver: z.string().optional(), reason: z.string() }),
  ),
  viability: z.array(viabilitySchema),
  ownership: ownershipSchema,
  findings: z.array(findingSchema),
});

export const sampleSchema = z.object({
  id: z.string(),
  title: z.string(),
  /** What the sample teaches, one sentence. */
  teaches: z.string(),
});

export const recentSchema = z.object({
  path: z.string(),
  title: z.string(),
  openedAtMs: z.number(),
});

export type ProblemView = z.infer<typeof problemSchema>;
export type DoubtView = z.infer<typeof doubtSchema>;
export type DifferenceView = z.infer<typeof differenceSchema>;
export type SourceView = z.infer<typeof sourceViewSchema>;
export type IommuView = z.infer<typeof iommuViewSchema>;
export type DeviceKind = z.infer<typeof deviceKindSchema>;
export type FunctionView = z.infer<typeof functionViewSchema>;
export type GroupView = z.infer<typeof groupViewSchema>;
export type ReportView = z.infer<typeof reportViewSchema>;
export type HostView = z.infer<typeof hostViewSchema>;
export type HostSummary = z.infer<typeof hostSummarySchema>;
export type Hop = z.infer<typeof hopSchema>;
export type Explanation = z.infer<typeof explanationSchema>;
export type CheckView = z.infer<typeof checkSchema>;
export type ViabilityView = z.infer<typeof viabilitySchema>;
export type FindingView = z.infer<typeof findingSchema>;
export type Sample = z.infer<typeof sampleSchema>;
export type RecentView = z.infer<typeof recentSchema>;
export type VerdictWord = z.infer<typeof verdictSchema>;
export type OwnershipWord = z.infer<typeof ownershipSchema>;
