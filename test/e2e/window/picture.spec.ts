import { DOMParser } from '@xmldom/xmldom';
import { expect, type Locator, type Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import { test } from '../shell.ts';
import { CARD, inspector, openSample, selectInGroups, showPicture } from '../window-steps.ts';

const CHIPSET = 'AM4 X470 server board';

function stop(picture: Locator, name: RegExp): Locator {
  return picture.getByRole('button', { name });
}

async function saved(page: Page, button: string): Promise<Buffer> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return readFile(await download.path());
}

test('the keyboard goes from part to part, and the inspector follows', async ({
  shell: { page },
}) => {
  await openSample(page, CARD);
  const picture = await showPicture(page);
  await picture.locator('[data-stop][tabindex="0"]').focus();
  const port = stop(picture, /root port isolates, group/).first();
  await port.focus();
  await expect(inspector(page)).toContainText(/Root Port|root port/);
  await page.keyboard.press('ArrowRight');
  const card = stop(picture, /^01:00\.0 /);
  await expect(card).toBeFocused();
  await expect(card).toHaveAttribute('aria-pressed', 'true');
  await expect(inspector(page)).toContainText('01:00.0');
  await page.keyboard.press('ArrowDown');
  await expect(stop(picture, /^01:00\.1 /)).toBeFocused();
  await page.keyboard.press('g');
  await expect(inspector(page).getByRole('heading', { level: 2 }).first()).toContainText(/Group/);
  await page.keyboard.press('ArrowLeft');
  await expect(stop(picture, /root port/).and(page.locator(':focus'))).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(inspector(page).getByRole('heading', { level: 2 }).first()).toBeFocused();
});

test('a branch closes and says what is inside, and opens again', async ({ shell: { page } }) => {
  await openSample(page, CHIPSET);
  const picture = await showPicture(page);
  const port = stop(picture, /^00:02\.1 /);
  await port.focus();
  await expect(port).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press(' ');
  await expect(port).toHaveAttribute('aria-expanded', 'false');
  await expect(picture.getByText('14 functions in 1 group inside')).toBeVisible();
  await page.keyboard.press('ArrowRight');
  await expect(port).toHaveAttribute('aria-expanded', 'true');
  await expect(stop(picture, /^16:00\.2 .*does not isolate, group/)).toBeVisible();
});

test('what is selected elsewhere comes into view', async ({ shell: { page } }) => {
  await openSample(page, CHIPSET);
  await selectInGroups(page, '24:00.0');
  const picture = await showPicture(page);
  await expect(stop(picture, /^24:00\.0 /)).toBeInViewport();
  await expect(stop(picture, /^24:00\.0 /)).toHaveAttribute('aria-pressed', 'true');
});

test('the picture is saved as SVG with its functions and groups, and as PNG', async ({
  shell: { page },
}) => {
  await openSample(page, CHIPSET);
  await showPicture(page);
  const svg = (await saved(page, 'Save as SVG')).toString('utf8');
  const complaints: string[] = [];
  const parser = new DOMParser({ onError: (_level, message) => complaints.push(String(message)) });
  const texts = parser.parseFromString(svg, 'image/svg+xml').getElementsByTagName('text');
  const words = Array.from({ length: texts.length }, (_, at) => texts.item(at)?.textContent);
  expect(complaints).toEqual([]);
  expect(words).toEqual(expect.arrayContaining(['16:00.2', '24:00.0', '30:00.6', 'Group 8']));
  const png = await saved(page, 'Save as PNG');
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  // Width and height in the first chunk: a canvas that was not drawn has no such size.
  expect(png.readUInt32BE(16)).toBeGreaterThan(1000);
});

test('the choice between picture and tree is kept', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  await showPicture(page);
  await page.getByText('Tree', { exact: true }).click();
  await expect(page.getByRole('tree')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('tree')).toBeVisible();
});
