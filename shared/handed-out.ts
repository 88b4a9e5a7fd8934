import { z } from 'zod';

/** Where one file went that a window asked to keep. */
export const handedOutSchema = z.discriminatedUnion('kind', [
  /** Written into the folder that the system's dialog named. */
  z.object({ kind: z.literal('file'), path: z.string() }),
  /** To be saved by the window. */
  z.object({ kind: z.literal('bytes'), name: z.string(), bytes: z.instanceof(Uint8Array) }),
  /** The person closed the dialog. */
  z.object({ kind: z.literal('cancelled') }),
]);

export type HandedOut = z.infer<typeof handedOutSchema>;
