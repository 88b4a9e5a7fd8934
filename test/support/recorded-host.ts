import { join } from 'node:path';
import { UNWATCHED } from '../../main/backend/job-list.ts';
import { readSource } from '../../main/backend/read-source.ts';
import type { Host } from '../../shared/host.ts';

const HOSTS = join(import.meta.dirname, '../fixtures/hosts');

/** Path of the snapshot of a recorded host. */
export function recordedSnapshot(name: string): string {
  return join(HOSTS, name, 'snapshot.tar.gz');
}

/** Reads a recorded host in full; one that cannot be read fails the test. */
export async function recordedHost(name: string): Promise<Host> {
  const shipped = { assetsDir: '', isInteractive: false };
  const host = await readSource(recordedSnapshot(name), 'full', UNWATCHED, shipped);
  if (!host.ok) throw new Error(host.error.message);
  return host.value;
}
