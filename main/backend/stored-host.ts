import { z } from 'zod';
import type { Host } from '../../shared/host.ts';

/**
 * The form in which the library keeps a parsed host. Raise it when a reader or `Host` changes what
 * is read of the same bytes: what was kept before is then read from its bytes again.
 */
export const HOST_FORMAT = 3;

/** Absent facts are left out, which means the same. */
export function packHost(host: Host): string {
  return JSON.stringify(host);
}

/** The shape that everything else relies on; the text was written by {@link packHost}. */
const storedSchema = z.looseObject({
  source: z.looseObject({ kind: z.string(), name: z.string() }),
  iommu: z.looseObject({}),
  functions: z.array(
    z.looseObject({ bdf: z.string().regex(/^[0-9a-f]{4,8}:[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/) }),
  ),
  problems: z.array(z.looseObject({ path: z.string(), code: z.string(), text: z.string() })),
});

/** @returns `undefined` where the text is not what was written. */
export function unpackHost(text: string): Host | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return storedSchema.safeParse(json).success ? (json as Host) : undefined;
  } catch {
    // Read from the original bytes in its place.
    return undefined;
  }
}
