import { z } from 'zod';

const bdf = z.string();
/** A driver's name or a group's number; left out where there is none. */
const side = z.string().optional();

/** One thing that became different on a host since it was read. */
export const hostChangeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('appeared'), bdf, driver: side }),
  z.object({ kind: z.literal('vanished'), bdf }),
  z.object({ kind: z.literal('driver'), bdf, from: side, to: side }),
  z.object({ kind: z.literal('group'), bdf, from: side, to: side }),
]);

/** What `host:changed` tells. */
export const hostChangedSchema = z.object({
  hostId: z.string(),
  /** When it was seen, Unix epoch. */
  atMs: z.number(),
  changes: z.array(hostChangeSchema).min(1),
  /** Whether the host has been read again; otherwise `reason` says why not. */
  isRead: z.boolean(),
  reason: z.string().optional(),
});

export type HostChange = z.infer<typeof hostChangeSchema>;
export type HostChanged = z.infer<typeof hostChangedSchema>;
