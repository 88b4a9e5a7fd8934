import { openArchiveBytes } from '../../main/host/open-archive.ts';
import { readHost } from '../../main/host/read-host.ts';
import type { Host } from '../../shared/host.ts';
import type { Boot } from './boot.ts';

/** What our collector saw where the job kept `NAME.tar.gz`; nothing where it did not come to that. */
export async function readSnapshot(booted: Boot, name: string): Promise<Host | undefined> {
  const bytes = booted.answers.get(`${name}.tar.gz`);
  if (bytes === undefined) return undefined;
  const origin = { kind: 'archive', name, label: 'laboratory' } as const;
  const source = await openArchiveBytes(origin, bytes);
  const host = source.ok ? readHost(source.value, { depth: 'full' }) : source;
  return host.ok ? host.value : undefined;
}
