import { expect } from '@playwright/test';
import { readdirSync } from 'node:fs';
import { test } from '../shell.ts';
import { CARD, groupTable, hostName, openSample, showTab, waitForHost } from '../window-steps.ts';

test('the window opens with the host that it runs on', async ({ shell: { page } }) => {
  await waitForHost(page);
  await expect(page).toHaveTitle(/Airlock/);
  const nav = page.getByRole('navigation', { name: 'Hosts and pages' });
  await expect(nav.getByRole('button', { name: /^This host/ })).toHaveAttribute(
    'aria-current',
    'page',
  );
  await expect(page.getByRole('region', { name: 'Overview' })).toContainText(/IOMMU/);
});

test('every PCI function of the host is in its groups', async ({ shell: { page } }) => {
  const addresses = readdirSync('/sys/bus/pci/devices');
  await waitForHost(page);
  await showTab(page, 'Groups');
  const count = page.getByRole('status').filter({ hasText: 'member' });
  await expect(count).toContainText(`${addresses.length} member`);
  await expect(groupTable(page)).toContainText(addresses[0]?.replace(/^0000:/, '') ?? '');
});

test('a reload comes back to the same page', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  await showTab(page, 'Groups');
  const name = await hostName(page);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Groups' })).toHaveAttribute('aria-selected', 'true');
  await expect(groupTable(page)).toBeVisible();
});

test('a host can be read again', async ({ shell: { page } }) => {
  await waitForHost(page);
  const rescan = page.getByRole('button', { name: 'Rescan' });
  await rescan.click();
  await expect(rescan).toBeEnabled({ timeout: 20_000 });
  await expect(page.getByRole('alert')).toHaveCount(0);
});
