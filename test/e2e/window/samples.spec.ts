import { expect } from '@playwright/test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../built-app.ts';
import { test } from '../shell.ts';
import {
  CARD,
  goTo,
  groupTable,
  hostName,
  inspector,
  memberRow,
  OFF,
  openSample,
  showTab,
  waitForHost,
} from '../window-steps.ts';

const listed = JSON.parse(readFileSync(path.join(ROOT, 'assets/samples/samples.json'), 'utf8')) as {
  title: string;
  teaches: string;
}[];

test('every sample is listed with what it teaches, and opens', async ({ shell: { page } }) => {
  await waitForHost(page);
  for (const { title, teaches } of listed) {
    await goTo(page, 'Samples');
    const entry = page.getByRole('main').getByRole('button', { name: title });
    await expect(entry).toContainText(teaches);
    await entry.click();
    await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  }
});

test('the groups of a sample are in a table, with their members', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  await showTab(page, 'Groups');
  const rows = groupTable(page).getByRole('row');
  await expect(rows.filter({ hasText: /^Group \d+/ }).first()).toBeVisible();
  await expect(rows.filter({ hasText: 'stays' }).first()).toBeVisible();
});

test('choosing a function explains why it is where it is', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  await showTab(page, 'Groups');
  await memberRow(page, '01:00.0').first().click();
  const panel = inspector(page);
  await expect(panel).toContainText('01:00.0');
  await expect(panel.getByRole('heading', { name: 'Why here' })).toBeVisible();
  const hops = panel.getByRole('list').getByRole('listitem');
  await expect(hops.first()).toBeVisible();
  await expect(panel).toContainText(/ACS/);
});

test('without an IOMMU the window says so, and what to switch on', async ({ shell: { page } }) => {
  await openSample(page, OFF);
  const overview = page.getByRole('region', { name: 'Overview' });
  await expect(overview.getByRole('note')).toContainText('The IOMMU is off');
  await expect(overview).toContainText('intel_iommu=off');
  await showTab(page, 'Groups');
  await expect(
    groupTable(page)
      .getByRole('row')
      .filter({ hasText: /^Group / })
      .first(),
  ).toBeVisible();
});

test('the topology hangs a card below its port', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  await showTab(page, 'Topology');
  await page.getByText('Tree', { exact: true }).click();
  const tree = page.getByRole('tree', { name: 'Topology by root bus' });
  const card = tree.getByRole('treeitem').filter({ hasText: '01:00.0' });
  await expect(card).toHaveAttribute('aria-level', '3');
  await card.click();
  await expect(inspector(page)).toContainText('01:00.0');
});

test('a sample can be closed', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  const nav = page.getByRole('navigation', { name: 'Hosts and pages' });
  const close = nav.getByRole('button', { name: `Close ${await hostName(page)}` });
  await close.click();
  await expect(close).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1, name: 'Samples' })).toBeVisible();
});
