import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Host } from '../../shared/host.ts';

/** What a plan for the running host is bound to besides its devices. */
export interface ThisMachine {
  /** See `StepsFile.machine`; undefined on a host without `/etc/machine-id`. */
  readonly machine: string | undefined;
  readonly bootId: string | undefined;
}

/**
 * Reads which machine and which boot this is. Only for a plan from the live source: of a snapshot
 * nobody knows whether it is of this boot.
 *
 * @param root - `/`, or a folder with the same files.
 */
export function readThisMachine(host: Host, root = '/'): ThisMachine {
  if (host.source.kind !== 'live') return { machine: undefined, bootId: undefined };
  const id = readLine(`${root}etc/machine-id`);
  const bootId = readLine(`${root}proc/sys/kernel/random/boot_id`);
  return {
    machine: id === undefined ? undefined : shortDigest(`airlock:${id}`, 32),
    bootId: bootId !== undefined && /^[0-9a-f-]{36}$/.test(bootId) ? bootId : undefined,
  };
}

/** The first digits of a SHA-256. */
export function shortDigest(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}

/** Without the line feeds at its end, as `$(cat FILE)` in the helper. */
function readLine(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').replace(/\n+$/, '') || undefined;
  } catch {
    // A plan that is not bound says so.
    return undefined;
  }
}
