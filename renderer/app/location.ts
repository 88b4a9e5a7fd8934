import { HOST_TABS } from '../features/navigation/navigation-slice.ts';
import type { Page } from '../features/navigation/navigation-slice.ts';

const PLAIN_PAGES = ['samples', 'open', 'settings', 'library', 'doctor'] as const;

/** The address of a page, or `undefined` for pages that pass: opening, start. */
export function writePage(page: Page): string | undefined {
  switch (page.kind) {
    case 'host':
      return `#/host/${encodeURIComponent(page.hostId)}/${page.tab}`;
    case 'samples':
    case 'open':
    case 'settings':
    case 'library':
    case 'doctor':
      return `#/${page.kind}`;
    case 'start':
    case 'opening':
      return undefined;
  }
}

/** The page of an address, or `undefined` where it names none. */
export function readPage(hash: string): Page | undefined {
  const [first, second, third] = hash.replace(/^#\//, '').split('/');
  const kind = PLAIN_PAGES.find((known) => known === first);
  if (kind !== undefined) return { kind };
  if (first !== 'host' || second === undefined || second === '') return undefined;
  const tab = HOST_TABS.find((known) => known === third) ?? 'overview';
  return { kind: 'host', hostId: decodeURIComponent(second), tab };
}
