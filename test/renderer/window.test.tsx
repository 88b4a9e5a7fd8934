// @vitest-environment jsdom
import { act, cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { functionSelected } from '../../renderer/features/selection/selection-slice.ts';
import { settingsChanged } from '../../renderer/features/settings/settings-slice.ts';
import { openWindow } from './fake-window.tsx';
import { AM4_OFF } from './fixtures/am4-off.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  window.sessionStorage.clear();
});

const inspector = () => within(screen.getByRole('complementary', { name: 'Inspector' }));

describe('the overview', () => {
  it('shows this host at once, differences first', async () => {
    openWindow();
    expect((await screen.findByRole('heading', { level: 1 })).textContent).toMatch(/Z690/);
    const headings = screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent);
    expect(headings.findIndex((text) => text.startsWith('Kernel and prediction'))).toBeLessThan(
      headings.indexOf('IOMMU on'),
    );
  });

  it('says what an IOMMU that is off means, and what to switch on', async () => {
    openWindow({ live: AM4_OFF });
    expect(
      await screen.findByText(/these are the groups that this kernel would form with it on/),
    ).toBeTruthy();
    expect(screen.getByText('Switch the IOMMU on in the firmware')).toBeTruthy();
  });

  it('offers to read with administrator rights where that is possible', async () => {
    const live = { ...AM4_OFF, source: { ...AM4_OFF.source, kind: 'live' as const } };
    const { calls } = openWindow({ live, info: { canElevate: true } });
    const button = await screen.findByRole('button', { name: 'Read with administrator rights' });
    await userEvent.click(button);
    await waitFor(() => expect(calls.filter((call) => call === 'host:open')).toHaveLength(2));
    await waitFor(() => expect(screen.queryByText(/without administrator rights/)).toBeNull());
  });

  it('shows the sudo line where it is not', async () => {
    const live = { ...AM4_OFF, source: { ...AM4_OFF.source, kind: 'live' as const } };
    openWindow({ live });
    expect(
      await screen.findByText(
        'sudo sh /opt/airlock/assets/collect/airlock-collect --out host.tar.gz',
      ),
    ).toBeTruthy();
  });
});

describe('a kernel argument that is missing', () => {
  it('is planned alone by a button of the overview', async () => {
    const advice = [{ title: 'Or have Airlock add it', text: 'Alone.', planArgument: 'iommu=pt' }];
    const { calls } = openWindow({ live: { ...AM4_OFF, iommu: { ...AM4_OFF.iommu, advice } } });
    await userEvent.click(await screen.findByRole('button', { name: 'Plan iommu=pt' }));
    expect(screen.getByRole('heading', { name: 'Review every step' })).toBeTruthy();
    await waitFor(() => expect(calls).toContain('plan:make'));
  });
});

describe('the inspector', () => {
  it('explains a chosen card: why, what splits, what moves and what stays', async () => {
    openWindow();
    await userEvent.click(await screen.findByRole('button', { name: /RTX 3080/ }));
    expect(await inspector().findByText(/because a port above it/)).toBeTruthy();
    expect(inspector().getByText('unsafe')).toBeTruthy();
    expect(inspector().getByText('comes along')).toBeTruthy();
    expect(inspector().getByText(/A port stays with pcieport/)).toBeTruthy();
  });

  it('says what a member of another bus is', async () => {
    const { store } = openWindow();
    await screen.findByRole('button', { name: /RTX 3080/ });
    act(() => void store.dispatch(functionSelected('live', 'platform:INTC1056:00')));
    expect(await inspector().findByText(/not a PCI function/)).toBeTruthy();
  });

  it('slides over the page where the window is narrow', async () => {
    openWindow({ width: 1000 });
    await userEvent.click(await screen.findByRole('button', { name: /RTX 3080/ }));
    expect((await screen.findByRole('dialog')).textContent).toMatch(/Why here/);
  });
});

describe('the groups', () => {
  const openGroups = async () => {
    const opened = openWindow();
    await userEvent.click(await screen.findByRole('tab', { name: /Groups/ }));
    return { ...opened, table: await screen.findByRole('treegrid') };
  };

  it('moves the selection with the arrow keys and folds with left', async () => {
    const { store, table } = await openGroups();
    table.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    expect(store.getState().selection.byHost['live']).toEqual({
      kind: 'function',
      bdf: '0000:00:02.0',
    });
    await userEvent.keyboard('{ArrowLeft}');
    expect(store.getState().groups.byHost['live']?.folded).toEqual({ '0': true });
  });

  it('goes to the explanation with Enter and to the search with a slash', async () => {
    const { table } = await openGroups();
    table.focus();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(document.activeElement?.id).toBe('inspector-heading'));
    await userEvent.keyboard('/');
    expect(document.activeElement).toBe(screen.getByRole('textbox'));
  });

  it('says so when nothing matches, and clears the filters', async () => {
    await openGroups();
    await userEvent.type(screen.getByRole('textbox'), 'zzz');
    expect(await screen.findByText('No group matches')).toBeTruthy();
    await userEvent.click(screen.getAllByRole('button', { name: 'Clear filters' })[0]!);
    expect(await screen.findByRole('treegrid')).toBeTruthy();
  });
});

describe('the topology', () => {
  it('walks with arrows and finds by typing', async () => {
    const { store } = openWindow();
    store.dispatch(settingsChanged({ topology: 'tree' }));
    await userEvent.click(await screen.findByRole('tab', { name: 'Topology' }));
    (await screen.findByRole('tree')).focus();
    await userEvent.keyboard('{Home}{ArrowDown}');
    expect(store.getState().selection.byHost['live']).toMatchObject({ bdf: '0000:00:00.0' });
    await userEvent.keyboard('wd');
    expect(store.getState().selection.byHost['live']).toMatchObject({ bdf: '0000:03:00.0' });
  });
});

describe('reading', () => {
  it('shows a failure with its code and what to do next', async () => {
    openWindow();
    await userEvent.click(await screen.findByRole('button', { name: 'Open' }));
    await userEvent.type(
      screen.getByLabelText('Path of a file or a folder, or a host'),
      '/nowhere',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Open it' }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('not an archive');
    expect(alert.textContent).toContain('cannot-open');
    expect(within(alert).getByRole('button', { name: 'Read it again' })).toBeTruthy();
  });

  it('counts, and stops when asked', async () => {
    const { calls } = openWindow({ slowMs: 8_000 });
    await userEvent.click(await screen.findByRole('button', { name: 'Open' }));
    await userEvent.type(screen.getByLabelText('Path of a file or a folder, or a host'), '/big');
    await userEvent.click(screen.getByRole('button', { name: 'Open it' }));
    expect(await screen.findByText(/of 4,000/, {}, { timeout: 3_000 })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Stop reading' }));
    expect(calls).toContain('job:cancel');
    expect(await screen.findByRole('heading', { name: 'Samples' })).toBeTruthy();
  });

  it('opens a sample once', async () => {
    const { calls } = openWindow();
    const open = async () => {
      await userEvent.click(await screen.findByRole('button', { name: 'Samples' }));
      await userEvent.click(await screen.findByRole('button', { name: /B450 board/ }));
    };
    await open();
    await screen.findByRole('heading', { level: 1, name: /B450/ });
    await open();
    await screen.findByRole('heading', { level: 1, name: /B450/ });
    expect(calls.filter((call) => call === 'host:open')).toHaveLength(2);
  });
});

describe('the connection', () => {
  it('shows a banner while it is lost, and takes it away', async () => {
    const { changeConnection } = openWindow();
    await screen.findByRole('heading', { level: 1 });
    act(() => changeConnection('lost'));
    expect(screen.getByText(/Connection to Airlock lost/)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Connect now' }));
    await waitFor(() => expect(screen.queryByText(/Connection to Airlock lost/)).toBeNull());
  });

  it('explains a refused token on the whole window', () => {
    openWindow({ connection: 'refused' });
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(
      'This address does not open Airlock',
    );
  });
});
