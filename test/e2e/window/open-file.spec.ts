import { expect } from '@playwright/test';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ROOT } from '../built-app.ts';
import type { Shell } from '../running-shell.ts';
import { test } from '../shell.ts';
import { dropFile } from '../drop-file.ts';
import { goTo, openPath, waitForHost } from '../window-steps.ts';

const SAMPLE = path.join(ROOT, 'assets/samples/graphics-card.tar.gz');

let folder: string;
test.beforeEach(async ({ shell: { page } }) => {
  folder = mkdtempSync(path.join(tmpdir(), 'airlock-files-'));
  await waitForHost(page);
  await goTo(page, 'Open');
});
test.afterEach(() => rmSync(folder, { recursive: true }));

/** Chooses a file as a person does: with the system's dialog, or with the browser's. */
async function chooseFile(shell: Shell, file: string): Promise<void> {
  const { page } = shell;
  const button = page.getByRole('button', { name: 'Choose a file' });
  if (shell.kind !== 'serve') {
    await shell.answerFileDialog(file);
    await button.click();
    return;
  }
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles(file);
}

test('a snapshot opens through the file dialog', async ({ shell }) => {
  await chooseFile(shell, SAMPLE);
  await expect(shell.page.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await expect(
    shell.page.getByRole('navigation', { name: 'Hosts and pages' }).locator('[aria-current=page]'),
  ).not.toContainText('This host');
});

test('a snapshot opens by its path', async ({ shell: { page } }) => {
  await openPath(page, SAMPLE);
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
});

test('a path that was opened is offered again, and can be forgotten', async ({
  shell: { page },
}) => {
  await openPath(page, SAMPLE);
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await goTo(page, 'Open');
  await page.getByRole('button', { name: SAMPLE, exact: false }).first().click();
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await goTo(page, 'Open');
  await page.getByRole('button', { name: `Take ${SAMPLE} off the list` }).click();
  await expect(page.getByRole('heading', { name: 'Opened before' })).toHaveCount(0);
});

const bad: readonly [string, Buffer][] = [
  ['notes.txt', Buffer.from('This is a shopping list.\n')],
  ['empty.tar.gz', Buffer.alloc(0)],
  ['broken.tar.gz', Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3])],
];

test('a bad file is refused with its name and the reason', async ({ shell }) => {
  for (const [name, content] of bad) {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    await goTo(shell.page, 'Open');
    await chooseFile(shell, file);
    const alert = shell.page.getByRole('alert');
    await expect(alert).toContainText(`Cannot open ${name}`);
    await expect(alert).toContainText('cannot-open');
  }
});

test('a path that does not exist is refused', async ({ shell: { page } }) => {
  await openPath(page, '/nonexistent/host.tar.gz');
  await expect(page.getByRole('alert')).toContainText('/nonexistent/host.tar.gz');
});

test('a dropped file is read, and refused where it is no snapshot', async ({ shell: { page } }) => {
  await dropFile(page, 'dropped.txt', Buffer.from('nothing of use'));
  await expect(page.getByRole('alert')).toContainText('Cannot open dropped.txt');
});
