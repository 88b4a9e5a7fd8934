import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from '../built-app.ts';
import { dropFile } from '../drop-file.ts';
import { chooseDevice, goOnTo } from '../plan-steps.ts';
import { test } from '../shell.ts';
import { domainWith, giveDevice, pasteMachine, vmPage } from '../vm-steps.ts';
import {
  CARD,
  goTo,
  memberRow,
  OFF,
  openSample,
  showPicture,
  showPredicted,
  showTab,
  supposeOverride,
  waitForHost,
} from '../window-steps.ts';

const SAMPLE = 'assets/samples/graphics-card.tar.gz';

/** Every page of the window, in an order in which each leads to the next. */
const pages: readonly [string, (page: Page) => Promise<void>][] = [
  ['this host', waitForHost],
  ['the samples', async (page) => goTo(page, 'Samples')],
  ['opening a file', async (page) => goTo(page, 'Open')],
  [
    'a library without anything',
    async (page) => {
      await goTo(page, 'Library');
      await expect(page.getByText('Nothing is kept yet')).toBeVisible();
    },
  ],
  ['the library with an entry', showKept],
  ['a pasted text', readPasted],
  ['the log doctor', readLog],
  ['the settings', async (page) => goTo(page, 'Settings')],
  ['an overview without an IOMMU', async (page) => openSample(page, OFF)],
  ['an overview', async (page) => openSample(page, CARD)],
  ['the picture of the topology', async (page) => void (await showPicture(page))],
  ['the tree of the topology', async (page) => page.getByText('Tree', { exact: true }).click()],
  ['what-if', async (page) => showTab(page, 'What-if')],
  ['a what-if answer', async (page) => supposeOverride(page)],
  ['a predicted picture', async (page) => showPredicted(page)],
  ['the choice of a plan', async (page) => chooseDevice(page, /01:00\.0/)],
  ['what a plan means', async (page) => goOnTo(page, 'Understand')],
  ['when a plan binds', async (page) => goOnTo(page, 'Decide')],
  ['a plan to review', async (page) => goOnTo(page, 'Review')],
  ['a plan to take to its host', async (page) => goOnTo(page, 'Apply')],
  ['a comparison', compareWithThisHost],
  ['a new machine', async (page) => giveDevice(page, /01:00\.0/)],
  [
    'every part of its form',
    async (page) => {
      for (const part of await vmPage(page).locator('summary').all()) await part.click();
    },
  ],
  [
    'an existing machine',
    async (page) => {
      await pasteMachine(page, domainWith('01:00.0'));
      await expect(vmPage(page)).toContainText('Half a group');
    },
  ],
  ['the problems', async (page) => showTab(page, 'Problems')],
  [
    'the groups with an explanation',
    async (page) => {
      await showTab(page, 'Groups');
      await memberRow(page, '01:00.0').first().click();
      await expect(page.getByRole('heading', { name: 'Why here' })).toBeVisible();
    },
  ],
];

async function showKept(page: Page): Promise<void> {
  await dropFile(page, 'card.tar.gz', readFileSync(path.join(ROOT, SAMPLE)));
  await page.getByRole('option').first().click();
  await expect(page.getByRole('button', { name: 'Open as a host' })).toBeVisible();
}

async function readPasted(page: Page): Promise<void> {
  await goTo(page, 'Open');
  const line = '01:00.0 VGA compatible controller [0300]: NVIDIA Corporation GA102 [10de:2206]';
  await page.getByRole('textbox', { name: 'Text to read' }).fill(line);
  await page.getByRole('button', { name: 'Read the text' }).click();
  await expect(page.getByRole('region', { name: 'Recognised as' })).toBeVisible();
}

async function readLog(page: Page): Promise<void> {
  await goTo(page, 'Log doctor');
  const lines = [
    'vfio 0000:01:00.0: group 13 is not viable',
    'pci 0000:01:00.0: Adding to iommu group 13',
  ];
  await page.getByRole('textbox', { name: 'Log lines' }).fill(lines.join('\n'));
  await page.getByRole('button', { name: 'Read the log' }).click();
  await page.getByText('1 harmless line').click();
}

async function compareWithThisHost(page: Page): Promise<void> {
  await showTab(page, 'Compare');
  await page.getByRole('combobox', { name: 'Compare with' }).selectOption({ index: 1 });
  await expect(page.getByRole('button', { name: 'Copy as text' })).toBeVisible();
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every page is accessible in the ${colorScheme} theme`, async ({ shell: { page } }) => {
    test.setTimeout(240_000);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await waitForHost(page);
    // The window follows the system a moment later; a change within a check mixes both themes.
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    for (const [name, open] of pages) {
      await test.step(name, async () => {
        await open(page);
        expect.soft(await violations(page), name).toEqual([]);
      });
    }
  });
}

/** One line for each element that breaks a rule. */
async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
}
