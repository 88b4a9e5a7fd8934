/** What the `manifest.json` of a snapshot says about the reading. */
export interface Manifest {
  /** Unix epoch; `undefined` where the manifest does not say. */
  readonly capturedAtMs: number | undefined;
  readonly wasRoot: boolean | undefined;
  /** Whether names were replaced; also where the manifest does not say. */
  readonly isRedacted: boolean;
  /** Path below the top of the tree to the system's name of the failure (`EACCES`). */
  readonly unreadable: ReadonlyMap<string, string>;
  /** Paths that went away while they were collected. */
  readonly vanished: readonly string[];
}

/** The `format` of the snapshots that this version reads. */
export const SNAPSHOT_FORMAT = 'airlock-snapshot/1';

/** The collector notes the system's messages, which it got in the C locale. */
const ERRNOS: Readonly<Record<string, string>> = {
  'permission denied': 'EACCES',
  'operation not permitted': 'EPERM',
  'input/output error': 'EIO',
  'i/o error': 'EIO',
  'no such device': 'ENODEV',
  'no such file or directory': 'ENOENT',
  'is a directory': 'EISDIR',
  'invalid argument': 'EINVAL',
};

/**
 * Reads the manifest of a snapshot:
 *
 * ```json
 * { "format": "airlock-snapshot/1", "capturedAt": "2026-11-22T13:10:16Z", "isRoot": true, "redacted": true,
 *   "unreadable": [{ "path": "sys/firmware/acpi/tables/IVRS", "reason": "Permission denied" }],
 *   "vanished": ["sys/devices/pci0000:00/0000:00:1f.3/config"] }
 * ```
 *
 * Other members are for people and other versions.
 *
 * @param text - Content of `manifest.json`, hostile until parsed.
 * @returns `undefined` when the text is no manifest of this format: the archive then counts as
 *   made by others.
 */
export function parseManifest(text: string): Manifest | undefined {
  const value = parseJson(text);
  if (!isRecord(value) || value.format !== SNAPSHOT_FORMAT) return undefined;
  const { capturedAt, isRoot, redacted, unreadable, vanished } = value;
  return {
    capturedAtMs: parseTime(capturedAt),
    wasRoot: typeof isRoot === 'boolean' ? isRoot : undefined,
    isRedacted: redacted !== false,
    unreadable: new Map(Array.isArray(unreadable) ? unreadable.flatMap(parseEntry) : []),
    vanished: Array.isArray(vanished) ? vanished.filter((path) => typeof path === 'string') : [],
  };
}

function parseTime(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(time) ? undefined : time;
}

/** A reason in other words is a failure all the same. */
function parseEntry(entry: unknown): [path: string, errno: string][] {
  if (!isRecord(entry) || typeof entry.path !== 'string') return [];
  const reason = typeof entry.reason === 'string' ? entry.reason.trim().toLowerCase() : '';
  return [[entry.path, ERRNOS[reason] ?? 'EIO']];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
