import { describe, expect, it } from 'vitest';
import { readPage, writePage } from '../../../renderer/app/location.ts';
import type { Page } from '../../../renderer/features/navigation/navigation-slice.ts';

describe('the address of a page', () => {
  it.each<Page>([
    { kind: 'host', hostId: 'live', tab: 'overview' },
    { kind: 'host', hostId: 'a/b c', tab: 'topology' },
    { kind: 'samples' },
    { kind: 'open' },
    { kind: 'settings' },
  ])('leads back to $kind', (page) => {
    expect(readPage(writePage(page) ?? '')).toEqual(page);
  });

  it.each(['', '#', '#token=x', '#/host', '#/host/', '#/elsewhere'])('%j names no page', (hash) => {
    expect(readPage(hash)).toBeUndefined();
  });

  it('shows the overview for a tab that does not exist', () => {
    expect(readPage('#/host/live/attic')).toEqual({
      kind: 'host',
      hostId: 'live',
      tab: 'overview',
    });
  });
});
