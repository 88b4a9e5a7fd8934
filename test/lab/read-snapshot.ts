import { openArchiveBytes } from '../../main/host/open-archive.ts';
import { readHost } from '../../main/host/read-host.ts';
import type { Source } from '../../main/host/source.ts';
import type { Host } from '../../shared/host.ts';
import type { Boot } from './boot.ts';

/** The host that a snapshot among the answers shows; `undefined` where there is none to read. */
export async function readSnapshot(booted: Boot, name: string): Promise<Host | undefined> {
  const source = await openSnapshot(booted, name);
  const host = source && readHost(source, { depth: 'full' });
  return host?.ok === true ? host.value : undefined;
}

/** A snapshot among the answers, to read single paths of. */
export async function openSnapshot(booted: Boot, name: string): Promise<Source | undefined> {
  const bytes = booted.answers.get(`${name}.tar.gz`);
  if (bytes === undefined) return undefined;
  const origin = { kind: 'archive', name, label: 'laboratory' } as const;
  const source = await openArchiveBytes(origin, bytes);
  return source.ok ? source.value : undefined;
}
