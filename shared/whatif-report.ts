import { z } from 'zod';
import { basisSchema, confidenceSchema, doubtSchema } from './view.ts';

/** A group by name and members: sorted addresses. */
const groupSchema = z.object({ id: z.string(), members: z.array(z.string()) });

const predictedGroupSchema = groupSchema.extend({
  confidence: confidenceSchema,
  because: z.array(doubtSchema),
});

/** Why a function is where it is, in one sentence. */
const placementSchema = z.object({ bdf: z.string(), text: z.string() });

export const groupChangeSchema = z.object({
  kind: z.enum(['splits', 'merges', 'regroups', 'grows', 'shrinks', 'appears', 'disappears']),
  /** With the addresses before the changes. */
  before: z.array(groupSchema),
  /** With the addresses after the changes. */
  after: z.array(predictedGroupSchema),
  /** One sentence for each member, where the group has more than one. */
  whyBefore: z.array(placementSchema),
  whyAfter: z.array(placementSchema),
});

/** `airlock whatif --json`: a stable interface. */
export const whatifReportSchema = z.object({
  source: z.object({ kind: z.string(), name: z.string(), kernel: z.string().optional() }),
  iommu: z.object({ provider: z.string(), active: z.boolean() }),
  /** The changes, as typed and as understood, in order. */
  changes: z.array(z.object({ word: z.string(), text: z.string() })),
  before: z.object({
    /** `off`: the IOMMU is off, and the question is what switching it on gives. */
    basis: z.enum([...basisSchema.options, 'off']),
    groups: z.array(groupSchema),
    notCovered: z.array(z.string()),
  }),
  after: z.object({
    basis: basisSchema,
    /** The version whose rules and quirks were asked; absent where the source names none. */
    kernel: z.string().optional(),
    groups: z.array(predictedGroupSchema),
    notCovered: z.array(z.string()),
  }),
  groupChanges: z.array(groupChangeSchema),
  /** How many groups have the same functions as before. */
  unchangedGroups: z.number(),
  /** Functions that have another address after the changes. */
  readdressed: z.array(z.object({ from: z.string(), to: z.string() })),
  /** Functions that the changes bring, and those that they take away. */
  added: z.array(z.object({ bdf: z.string(), role: z.string() })),
  removed: z.array(z.string()),
  /** Functions that hang below another one than before, and what is above them: new VFs their PF. */
  rehung: z.array(z.object({ bdf: z.string(), above: z.string().optional() })),
  /** What the answer takes for granted. */
  suppositions: z.array(z.string()),
  /** What must be said with the answer: the ACS override hides missing isolation. */
  warnings: z.array(z.string()),
});

export type WhatifReport = z.infer<typeof whatifReportSchema>;
export type GroupChangeView = z.infer<typeof groupChangeSchema>;
