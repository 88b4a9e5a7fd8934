import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { chooseDevice, goOnTo } from '../plan-steps.ts';
import { test } from '../shell.ts';
import { CARD, goTo, memberRow, OFF, openSample, showTab, waitForHost } from '../window-steps.ts';

/** Every page of the window, in an order in which each leads to the next. */
const pages: readonly [string, (page: Page) => Promise<void>][] = [
  ['this host', waitForHost],
  ['the samples', async (page) => goTo(page, 'Samples')],
  ['opening a file', async (page) => goTo(page, 'Open')],
  ['the settings', async (page) => goTo(page, 'Settings')],
  ['an overview without an IOMMU', async (page) => openSample(page, OFF)],
  ['an overview', async (page) => openSample(page, CARD)],
  ['the topology', async (page) => showTab(page, 'Topology')],
  ['the choice of a plan', async (page) => chooseDevice(page, /01:00\.0/)],
  ['what a plan means', async (page) => goOnTo(page, 'Understand')],
  ['when a plan binds', async (page) => goOnTo(page, 'Decide')],
  ['a plan to review', async (page) => goOnTo(page, 'Review')],
  ['a plan to take to its host', async (page) => goOnTo(page, 'Apply')],
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
