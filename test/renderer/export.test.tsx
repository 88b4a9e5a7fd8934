// @vitest-environment jsdom
import { cleanup, screen, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { act } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { closeCopy, previewCopy } from '../../renderer/features/export/export-thunks.ts';
import { importFiles } from '../../renderer/features/library/import-thunks.ts';
import { openWindow } from './fake-window.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  window.sessionStorage.clear();
});

const source = { kind: 'host', hostId: 'live' } as const;

describe('exporting', () => {
  it('says where the report went, and offers no copy of a host that is no file', async () => {
    openWindow();
    await userEvent.click(await screen.findByRole('button', { name: 'Export' }));
    const items = await screen.findAllByRole('menuitem', { hidden: true });
    expect(items.map(({ textContent }) => textContent)).toEqual([
      'Report for the owner (HTML)',
      'Report for the owner (Markdown)',
      'Copy the report as Markdown',
    ]);
    await userEvent.click(items[0] as HTMLElement);
    expect(await screen.findByText('Wrote /home/me/live.html.')).toBeTruthy();
  });

  it('shows what a kept file would lose before it is saved', async () => {
    const { store } = openWindow();
    await userEvent.click(await screen.findByRole('button', { name: 'Library' }));
    await act(() => store.dispatch(importFiles([new File(['bytes'], 'a.tar')])));
    await userEvent.click(screen.getByRole('option'));
    const copy = { name: 'Copy without names and serials' };
    await userEvent.click(await screen.findByRole('button', copy));
    const dialog = within(await screen.findByRole('dialog', copy));
    const [, host, secret] = await dialog.findAllByRole('row');
    expect(host?.textContent).toBe('1 host name3customer-pve → host-1');
    expect(secret?.textContent).toBe('7 passwords or keys7not shown → secret-1and 6 more');
    await userEvent.click(dialog.getByRole('button', { name: 'Download redacted.tar.gz' }));
    expect(await dialog.findByText('Wrote /home/me/redacted.tar.gz.')).toBeTruthy();
    expect(dialog.queryByRole('button', { name: /^Download/ })).toBeNull();
  });

  it('shows no answer to what was closed meanwhile', async () => {
    const { store, calls } = openWindow();
    await screen.findByRole('button', { name: 'Export' });
    const looking = store.dispatch(previewCopy(source, 'Board'));
    await act(() => store.dispatch(closeCopy()));
    await act(() => looking);
    expect(store.getState().export.copying).toBeUndefined();
    expect(calls).toContain('job:cancel');
  });
});
