import { HOST_FORMAT } from '../../main/backend/stored-host.ts';
import type { NewSnapshot } from '../../main/library/snapshots.ts';

/** A snapshot for the library as it would come from an import; only what a test wants to say. */
export function madeSnapshot(
  facts: Partial<Omit<NewSnapshot, 'text'>> & { readonly text?: Partial<NewSnapshot['text']> } = {},
): NewSnapshot {
  const { text, ...rest } = facts;
  return {
    name: 'host.tar.gz',
    title: 'ASUS ROG STRIX X570-E',
    importedAtMs: 1_700_000_000_000,
    bytes: Buffer.from('bytes'),
    functionCount: 3,
    problemCount: 0,
    host: '{}',
    hostFormat: HOST_FORMAT,
    terms: [],
    ...rest,
    text: { board: '', devices: '', other: '', ...text },
  };
}
