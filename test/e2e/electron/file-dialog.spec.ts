import { expect } from '@playwright/test';
import { test } from '../shell.ts';
import { goTo, waitForHost } from '../window-steps.ts';

test('a cancelled file dialog changes nothing', async ({ shell }) => {
  await waitForHost(shell.page);
  await goTo(shell.page, 'Open');
  await shell.answerFileDialog();
  await shell.page.getByRole('button', { name: 'Choose a file' }).click();
  await expect(shell.page.getByRole('heading', { level: 1, name: 'Open' })).toBeVisible();
  await expect(shell.page.getByRole('alert')).toHaveCount(0);
});
