// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { settingsChanged } from '../../../../renderer/features/settings/settings-slice.ts';
import { functionSelected } from '../../../../renderer/features/selection/selection-slice.ts';
import { selectSelection } from '../../../../renderer/features/selection/selection-selectors.ts';
import type { HostChanged } from '../../../../shared/host-change.ts';
import { openWindow } from '../../fake-window.tsx';
import { INTEL_DESKTOP } from '../../fixtures/intel-desktop.ts';

const BDF = '0000:01:00.0';
const { hostId } = INTEL_DESKTOP;
const LIVE = { ...INTEL_DESKTOP, source: { ...INTEL_DESKTOP.source, kind: 'live' as const } };
const CHANGED: HostChanged = {
  hostId,
  atMs: 0,
  changes: [{ kind: 'driver', bdf: BDF, from: 'nvidia', to: 'vfio-pci' }],
  isRead: true,
};

// A full window under jsdom.
vi.setConfig({ testTimeout: 30_000 });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const line = () => screen.findByRole('region', { name: 'Changed on this host' });

it('shows what changed with the new reading, keeps the selection, and can be dismissed', async () => {
  const { store, calls, tell } = openWindow({ live: LIVE });
  await screen.findByRole('heading', { level: 1 });
  store.dispatch(functionSelected(hostId, BDF));
  const { reading } = store.getState().hosts.records[hostId] ?? {};
  tell({ name: 'host:changed', payload: CHANGED });
  expect((await line()).textContent).toMatch(/: 01:00\.0 went from nvidia to vfio-pci\.$/);
  expect(calls).toContain('host:get');
  expect(store.getState().hosts.records[hostId]?.reading).toBe((reading ?? 0) + 1);
  expect(selectSelection(store.getState(), hostId)).toEqual({ kind: 'function', bdf: BDF });
  await userEvent.click(screen.getByRole('button', { name: 'Dismiss what changed' }));
  expect(screen.queryByRole('region', { name: 'Changed on this host' })).toBeNull();
});

it('says where what is shown is older, and why', async () => {
  const { calls, tell } = openWindow({ live: LIVE });
  await screen.findByRole('heading', { level: 1 });
  tell({ name: 'host:changed', payload: { ...CHANGED, isRead: false, reason: 'Held.' } });
  expect(within(await line()).getByText(/What is shown is older\. Held\./)).toBeTruthy();
  expect(calls).not.toContain('host:get');
});

it('the live host on show is watched, unless the settings say otherwise', async () => {
  const { store, calls } = openWindow({ live: LIVE });
  await waitFor(() => expect(calls.filter((name) => name === 'host:watch')).toHaveLength(1));
  store.dispatch(settingsChanged({ watching: 'off' }));
  store.dispatch(settingsChanged({ watching: 'on' }));
  await waitFor(() => expect(calls.filter((name) => name === 'host:watch')).toHaveLength(2));
});

it('a record of a host is not watched', async () => {
  const source = { ...INTEL_DESKTOP.source, kind: 'archive' as const };
  const { calls } = openWindow({ live: { ...INTEL_DESKTOP, source } });
  await screen.findByRole('heading', { level: 1 });
  expect(calls).not.toContain('host:watch');
});
