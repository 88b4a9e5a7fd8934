import type { ReactNode } from 'react';
import type { LibraryEntry } from '../../../shared/library-entry.ts';
import { RelativeTime } from '../../components/RelativeTime.tsx';
import { counted } from '../../components/counted.ts';

/** What an entry is, fact by fact. */
export function EntryFacts({ entry }: { entry: LibraryEntry }) {
  return (
    <dl className="entry-facts">
      {factsOf(entry).map(([term, fact]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{fact}</dd>
        </div>
      ))}
    </dl>
  );
}

function factsOf(entry: LibraryEntry): readonly (readonly [string, ReactNode])[] {
  if (entry.kind === 'case') {
    return [
      ['Opened', <RelativeTime key="opened" atMs={entry.createdAtMs} />],
      ['Holds', counted(entry.snapshotCount, 'snapshot')],
    ];
  }
  const { name, importedAtMs, capturedAtMs, kernel, os, functionCount, problemCount } = entry;
  return [
    ['File', name],
    ['Imported', <RelativeTime key="imported" atMs={importedAtMs} />],
    [
      'Captured',
      capturedAtMs === undefined ? 'not known' : <RelativeTime key="at" atMs={capturedAtMs} />,
    ],
    [
      'Kernel',
      <span key="kernel" className="mono">
        {kernel ?? 'not known'}
      </span>,
    ],
    ['System', os ?? 'not known'],
    ['Functions', functionCount.toLocaleString('en-US')],
    ['Problems', problemCount.toLocaleString('en-US')],
    [
      'SHA-256',
      <span key="sha256" className="evidence">
        {entry.sha256}
      </span>,
    ],
  ];
}
