// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { compareWith } from '../../renderer/features/compare/compare-thunks.ts';
import { importFiles, stopImport } from '../../renderer/features/library/import-thunks.ts';
import { openWindow } from './fake-window.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  window.sessionStorage.clear();
});

const file = (name: string) => new File(['bytes'], name);
const goTo = async (name: string) => userEvent.click(await screen.findByRole('button', { name }));

describe('the library', () => {
  it('imports one file after the other, and says what came of each', async () => {
    const { store } = openWindow();
    await goTo('Library');
    expect(await screen.findByText('Nothing is kept yet')).toBeTruthy();
    await act(() => store.dispatch(importFiles([file('a.tar'), file('b.txt'), file('c.tar')])));
    expect(screen.getByText('2 snapshots imported, 1 file not imported')).toBeTruthy();
    expect(screen.getByText('Cannot read b.txt')).toBeTruthy();
    expect(screen.getAllByRole('option')).toHaveLength(2);
  });

  it('stops after the file that is read now', async () => {
    const { store, calls } = openWindow();
    await screen.findByRole('heading', { level: 1 });
    const run = store.dispatch(importFiles([file('a.tar'), file('b.tar'), file('c.tar')]));
    await store.dispatch(stopImport());
    await run;
    expect(store.getState().library.run).toMatchObject({ state: 'ended', total: 3, done: 1 });
    expect(calls).toContain('job:cancel');
  });

  it('chooses with the arrow keys, and shows what was noted', async () => {
    const { store } = openWindow();
    await goTo('Library');
    await act(() => store.dispatch(importFiles([file('a.tar'), file('b.tar')])));
    screen.getByRole('listbox', { name: 'Snapshots' }).focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    const panel = within(await screen.findByRole('complementary', { name: 'Chosen entry' }));
    expect(await panel.findByRole('heading', { name: 'Board 1' })).toBeTruthy();
    await userEvent.type(panel.getByRole('textbox', { name: 'Tag to add' }), 'open{Enter}');
    expect(await panel.findByRole('button', { name: 'Take the tag open away' })).toBeTruthy();
  });
});

describe('the log doctor', () => {
  it('joins the host that was looked at last, until another is chosen', async () => {
    const { store, calls } = openWindow();
    await screen.findByRole('button', { name: /RTX 3080/ });
    await goTo('Log doctor');
    const select = screen.getByRole('combobox', { name: 'Join the facts of' });
    expect(store.getState().doctor.hostId).toBe('live');
    await userEvent.type(screen.getByRole('textbox', { name: 'Log lines' }), 'group not viable');
    await userEvent.click(screen.getByRole('button', { name: 'Read the log' }));
    expect(await screen.findByText('1 thing is wrong')).toBeTruthy();
    expect(screen.getByRole('complementary', { name: 'Inspector' })).toBeTruthy();
    await userEvent.selectOptions(select, 'no host');
    await waitFor(() => expect(calls.filter((call) => call === 'doctor:read')).toHaveLength(2));
    expect(store.getState().doctor.answer?.report.host).toBeUndefined();
  });

  it('says that an unknown log proves nothing', async () => {
    openWindow();
    await goTo('Log doctor');
    expect(screen.getByRole('button', { name: 'Read the log' })).toHaveProperty('disabled', true);
    await userEvent.type(screen.getByRole('textbox', { name: 'Log lines' }), 'hello');
    await userEvent.click(screen.getByRole('button', { name: 'Read the log' }));
    expect(await screen.findByText('No line is known')).toBeTruthy();
  });
});

describe('comparing', () => {
  it('says so where nothing differs, and keeps the order that was chosen', async () => {
    const { store } = openWindow();
    await userEvent.click(await screen.findByRole('tab', { name: 'Compare' }));
    await act(() => store.dispatch(compareWith('live', 'live')));
    expect(await screen.findByText('No difference')).toBeTruthy();
    expect(screen.getByText('After, this host')).toBeTruthy();
    await userEvent.click(screen.getByText('This host is before'));
    expect(await screen.findByText('Before, this host')).toBeTruthy();
  });
});
