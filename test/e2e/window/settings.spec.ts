import { expect } from '@playwright/test';
import { test } from '../shell.ts';
import { goTo, waitForHost } from '../window-steps.ts';

test('the theme is chosen, kept over a reload, and follows the desktop on Auto', async ({
  shell: { page },
}) => {
  await waitForHost(page);
  await goTo(page, 'Settings');
  const root = page.locator('html');
  const choose = async (name: string): Promise<void> =>
    page.getByRole('radiogroup', { name: 'Theme' }).getByText(name, { exact: true }).click();

  await choose('Dark');
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await page.reload();
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await choose('Light');
  await expect(root).toHaveAttribute('data-mantine-color-scheme', 'light');
  await choose('Auto');
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(root).toHaveAttribute('data-mantine-color-scheme', colorScheme);
  }
});

test('the settings say which shell and version this is', async ({ shell: { page, kind } }) => {
  await waitForHost(page);
  await goTo(page, 'Settings');
  const words = kind === 'serve' ? 'browser window' : 'desktop window';
  await expect(page.getByText(/^Airlock \d+\.\d+\.\d+ ·/)).toContainText(words);
});
