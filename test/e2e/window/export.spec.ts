import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { customerBundle, NOT_VIABLE } from '../../support/customer-bundle.ts';
import { dropFile } from '../drop-file.ts';
import type { Shell } from '../running-shell.ts';
import { test } from '../shell.ts';
import { goTo, inspector, waitForHost } from '../window-steps.ts';

/** Opens what a customer sent, as a person does: by dropping it. */
async function openBundle(page: Page): Promise<void> {
  await waitForHost(page);
  await dropFile(page, 'customer-pve.tar.gz', await customerBundle(`${NOT_VIABLE}\n`));
  await expect(page.getByRole('region', { name: 'The log says' })).toBeVisible();
}

async function chooseExport(page: Page, item: string): Promise<void> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** The file that an action saves, as the shell does it: into a folder, or as a download. */
async function savedBy(shell: Shell, ending: string, act: () => Promise<void>): Promise<Buffer> {
  const { page, env } = shell;
  if (shell.kind === 'serve') {
    const [download] = await Promise.all([page.waitForEvent('download'), act()]);
    expect(download.suggestedFilename().endsWith(ending)).toBe(true);
    return readFileSync(await download.path());
  }
  const folder = String(env['HOME']);
  await shell.answerFileDialog(folder);
  await act();
  const said = page.getByRole('status').filter({ hasText: `${ending}.` });
  const file = (await said.innerText()).replace(/^Wrote |\.$/g, '');
  expect(path.dirname(file)).toBe(folder);
  return readFileSync(file);
}

function copyDialog(page: Page) {
  return page.getByRole('dialog', { name: 'Copy without names and serials' });
}

test('export: the report says what the log of the customer says', async ({ shell }) => {
  const { page } = shell;
  await openBundle(page);
  const report = await savedBy(shell, '.html', () =>
    chooseExport(page, 'Report for the owner (HTML)'),
  );
  expect(report.toString()).toContain('group 1 is not viable');
  const text = await savedBy(shell, '.md', () =>
    chooseExport(page, 'Report for the owner (Markdown)'),
  );
  expect(text.toString()).toMatch(/^# PCI passthrough report/);
});

test('export: the report is copied as Markdown', async ({ shell: { page } }) => {
  await openBundle(page);
  await chooseExport(page, 'Copy the report as Markdown');
  await expect(page.getByText('Copied the report as Markdown.')).toBeVisible();
});

test('export: the log in a bundle names the device, and is read whole', async ({
  shell: { page },
}) => {
  await openBundle(page);
  const card = page.getByRole('region', { name: 'The log says' });
  await expect(card).toContainText('win10.log, line 1');
  await expect(card).toContainText('01:00.0 is in the way: it has driver nouveau.');
  await card.getByRole('button', { name: '01:00.0' }).click();
  await expect(inspector(page).getByRole('heading', { name: 'Why here' })).toBeVisible();
  await card.getByRole('button', { name: 'Read the log of this host' }).click();
  const answer = page.getByRole('region', { name: 'What the log says' });
  await expect(answer.getByRole('listitem').first()).toContainText('group 1 is not viable');
  await expect(answer).toContainText(/known lines? (is|are) harmless/);
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect(page.getByText('No log yet')).toBeVisible();
  await page.getByRole('button', { name: 'Read the log of this host' }).click();
  await expect(answer.getByRole('listitem').first()).toContainText('group 1 is not viable');
});

test('export: a copy without names shows what it replaces, then is saved', async ({ shell }) => {
  const { page } = shell;
  await openBundle(page);
  await chooseExport(page, 'Make a copy without names and serials');
  const dialog = copyDialog(page);
  const row = dialog.getByRole('row').filter({ hasText: 'host name' });
  await expect(row).toContainText('customer-pve → host-1');
  await expect(dialog).toContainText('Unchanged: 2 functions');
  const copy = await savedBy(shell, 'redacted.tar.gz', () =>
    dialog.getByRole('button', { name: /^(Save|Download) redacted/ }).click(),
  );
  const text = gunzipSync(copy).toString('latin1');
  expect(text).not.toContain('customer-pve');
  expect(text).toContain('group 1 is not viable');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toHaveCount(0);
});

test('export: a kept file has a copy without names as well', async ({ shell: { page } }) => {
  await waitForHost(page);
  await goTo(page, 'Library');
  await dropFile(page, 'kept.tar.gz', await customerBundle());
  await page.getByRole('option').first().click();
  await page.getByRole('button', { name: 'Copy without names and serials' }).click();
  await expect(copyDialog(page)).toContainText('customer-pve → host-1');
  await page.keyboard.press('Escape');
  await expect(copyDialog(page)).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`export: it is accessible in the ${colorScheme} theme`, async ({ shell: { page } }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    await openBundle(page);
    await expectAccessible(page, `overview-${colorScheme}`);
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await expect(page.getByRole('menu')).toBeVisible();
    await expectAccessible(page, `menu-${colorScheme}`);
    await page.getByRole('menuitem', { name: 'Make a copy' }).click();
    await expect(copyDialog(page)).toContainText('customer-pve → host-1');
    await expectAccessible(page, `copy-${colorScheme}`);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Read the log of this host' }).click();
    await expect(page.getByRole('region', { name: 'What the log says' })).toBeVisible();
    await expectAccessible(page, `doctor-${colorScheme}`);
  });
}

async function expectAccessible(page: Page, name: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.target).join(' ')}`);
  expect.soft(found, name).toEqual([]);
}
