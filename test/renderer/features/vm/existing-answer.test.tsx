// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { MantineProvider } from '@mantine/core';
import { Provider } from 'react-redux';
import { afterEach, expect, it, vi } from 'vitest';
import type { Bridge } from '../../../../renderer/bridge/bridge.ts';
import { createAppStore } from '../../../../renderer/app/store.ts';
import { ExistingAnswer } from '../../../../renderer/features/vm/ExistingAnswer.tsx';
import { importVm } from '../../../../main/backend/import-vm.ts';
import { vmImportSchema } from '../../../../shared/vm-import.ts';
import { vmHost } from '../../../support/vm-host.ts';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const BRIDGE: Bridge = {
  kind: 'serve',
  call: () => Promise.reject(new Error('Nothing is asked')),
  onEvent: () => () => undefined,
  onConnection: () => () => undefined,
  reconnect: () => undefined,
};

/** Draws what the backend answers, after the check that every answer passes. */
function show(text: string) {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
  const answer = importVm(text, vmHost());
  if (!answer.ok) throw new Error(answer.error.message);
  const checked = vmImportSchema.parse(answer.value);
  render(
    <Provider store={createAppStore(BRIDGE)}>
      <MantineProvider forceColorScheme="light">
        <ExistingAnswer hostId="h1" answer={checked} text={text} />
      </MantineProvider>
    </Provider>,
  );
}

const MACHINE = 'machine: q35\nostype: l26\nhostpci0: 02:00.0,pcie=1\n';

it('shows what is corrected as a difference, and copies the whole text', async () => {
  const user = userEvent.setup();
  show(MACHINE);
  const diff = screen.getByRole('group', { name: 'Difference to the corrected machine' });
  expect(diff.textContent?.split('\n').filter((line) => /^[+-][^+-]/.test(line))).toEqual([
    '+balloon: 0',
  ]);
  await user.click(screen.getByRole('button', { name: 'Copy the corrected text' }));
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
  expect(await navigator.clipboard.readText()).toBe(`${MACHINE}balloon: 0\n`);
});

it('shows nothing of the kind where nothing is corrected', () => {
  show(`${MACHINE}balloon: 0\n`);
  expect(screen.getByRole('status').textContent).toContain('a machine of Proxmox');
  expect(screen.queryByRole('heading', { name: 'Corrected' })).toBeNull();
});
