import { expect } from '@playwright/test';
import { test } from '../shell.ts';
import { CARD, groupTable, inspector, openSample, showTab } from '../window-steps.ts';

test.beforeEach(async ({ shell: { page } }) => {
  await openSample(page, CARD);
  await showTab(page, 'Groups');
});

test('a search leaves what matches, and can be cleared', async ({ shell: { page } }) => {
  const search = page.getByRole('textbox', { name: /^Search/ });
  const rows = groupTable(page).getByRole('row');
  const before = await rows.count();
  await search.fill('01:00.1');
  await expect(rows.filter({ hasText: '01:00.1' })).toHaveCount(1);
  await expect.poll(() => rows.count()).toBeLessThan(before);
  await search.fill('no such device');
  await expect(page.getByText('No group matches')).toBeVisible();
  await page.getByRole('main').getByRole('button', { name: 'Clear filters' }).first().click();
  await expect.poll(() => rows.count()).toBe(before);
});

test('the keyboard is enough: search, move, fold, explain', async ({ shell: { page } }) => {
  const search = page.getByRole('textbox', { name: /^Search/ });
  await page.getByRole('tab', { name: 'Groups' }).focus();
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.press('ArrowDown');
  const table = groupTable(page);
  await expect(table).toBeFocused();
  await page.keyboard.press('Home');
  const first = table.getByRole('row', { selected: true });
  await expect(first).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowLeft');
  await expect(first).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await expect(first).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('ArrowDown');
  await expect(first).toHaveAttribute('aria-level', '2');
  await page.keyboard.press('Enter');
  await expect(inspector(page).getByRole('heading', { level: 2 }).first()).toBeFocused();
});

test('the first Tab leads past the navigation', async ({ shell: { page } }) => {
  await page.reload();
  await expect(groupTable(page)).toBeVisible();
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the page' });
  await expect(skip).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
});
