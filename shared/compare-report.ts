import { z } from 'zod';

const sideSchema = z.object({
  kind: z.string(),
  name: z.string(),
  /** Board or product, else the name of the source. */
  title: z.string(),
  kernel: z.string().optional(),
});

const comparedFunctionSchema = z.object({
  bdf: z.string(),
  /** `10de:2206`; `????` for what could not be read. */
  ids: z.string(),
  name: z.string(),
});

export const pairedFunctionsSchema = z.object({
  before: comparedFunctionSchema,
  after: comparedFunctionSchema,
});

/** Left out on a side: it has none there. */
const changeOfTextSchema = z.object({
  before: z.string().optional(),
  after: z.string().optional(),
});

const memberGroupSchema = z.object({ id: z.string(), members: z.array(z.string()) });

export const comparedGroupsSchema = z.object({
  kind: z.enum(['splits', 'merges', 'regroups', 'grows', 'shrinks', 'appears', 'disappears']),
  /** With the addresses that each side has. */
  before: z.array(memberGroupSchema),
  after: z.array(memberGroupSchema),
  /** Never empty; `unexplained` wherever no evidence confirms a cause. */
  reasons: z.array(
    z.object({
      code: z.enum([
        'kernel',
        'bios',
        'acs-bits',
        'acs-override',
        'command-line',
        'firmware-tables',
        'coverage',
        'slot',
        'devices',
        'unexplained',
      ]),
      evidence: z.string(),
      text: z.string(),
    }),
  ),
});

/** `airlock compare --json`: a stable interface. */
export const compareReportSchema = z.object({
  before: sideSchema,
  after: sideSchema,
  differs: z.boolean(),
  facts: z.array(
    changeOfTextSchema.extend({
      name: z.enum(['product', 'board', 'bios', 'os', 'kernel', 'iommu']),
    }),
  ),
  /** Words of the kernel command line that one side has and the other has not. */
  commandLine: z.object({ removed: z.array(z.string()), added: z.array(z.string()) }),
  added: z.array(comparedFunctionSchema),
  removed: z.array(comparedFunctionSchema),
  /** `renumbered`: at the same place, where the bus has another number. */
  moved: z.array(pairedFunctionsSchema.extend({ kind: z.enum(['moved', 'renumbered']) })),
  /** Other ids at the same place. */
  replaced: z.array(pairedFunctionsSchema),
  drivers: z.array(changeOfTextSchema.extend({ function: comparedFunctionSchema })),
  /** ACS registers of functions that both sides have, in words. */
  acs: z.array(z.object({ function: comparedFunctionSchema, text: z.string() })),
  /** Which groups were compared: the kernels' own where both show some, else predicted ones. */
  groupsAre: z.enum(['observed', 'predicted']),
  groups: z.array(comparedGroupsSchema),
  /** What one of the two sources does not tell: it may differ or not. */
  notCompared: z.array(z.string()),
});

export type CompareReport = z.infer<typeof compareReportSchema>;
export type ComparedFunction = z.infer<typeof comparedFunctionSchema>;
export type ComparedGroups = z.infer<typeof comparedGroupsSchema>;
