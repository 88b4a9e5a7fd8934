import { expect, type Locator, type Page } from '@playwright/test';

/** A sample host whose groups are known. */
export const CARD = 'A graphics card with its audio functions';
/** A sample host without an IOMMU. */
export const OFF = 'Intel host with the IOMMU off';

/** Waits until the window shows the host that it runs on. */
export async function waitForHost(page: Page): Promise<void> {
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible({ timeout: 20_000 });
}

/** Chooses an entry at the left. */
export async function goTo(
  page: Page,
  entry: 'Samples' | 'Open' | 'Library' | 'Log doctor' | 'Settings',
): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Hosts and pages' })
    .getByRole('button', { name: entry, exact: true })
    .click();
  await expect(page.getByRole('heading', { level: 1, name: entry })).toBeVisible();
}

/** Opens a sample by its title and waits for its overview. */
export async function openSample(page: Page, title: string): Promise<void> {
  // The first thing that a window does is to read its host, and then it shows that.
  if (!page.url().includes('#/')) await waitForHost(page);
  await goTo(page, 'Samples');
  await page.getByRole('main').getByRole('button', { name: title }).click();
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
  await expect(page.getByRole('navigation').locator('[aria-current=page]')).not.toContainText(
    'This host',
  );
}

/** The name that the shown host has in the window. */
export async function hostName(page: Page): Promise<string> {
  return page.getByRole('main').getByRole('heading', { level: 1 }).innerText();
}

/** Chooses a tab of the host that is shown. */
export async function showTab(
  page: Page,
  name:
    | 'Overview'
    | 'Groups'
    | 'Topology'
    | 'What-if'
    | 'Plans'
    | 'VM'
    | 'Receipts'
    | 'Problems'
    | 'Compare',
): Promise<void> {
  const tab = page.getByRole('tab', { name });
  await tab.click();
  await expect(tab).toHaveAttribute('aria-selected', 'true');
}

/** The surface of the topology's picture, once it is drawn. */
export async function showPicture(page: Page): Promise<Locator> {
  await showTab(page, 'Topology');
  const picture = page.getByRole('application', { name: 'Picture of the topology' });
  await expect(picture.locator('[data-stop]').first()).toBeVisible({ timeout: 20_000 });
  return picture;
}

/** On the What-if page: both forms of the ACS override. */
export async function supposeOverride(page: Page): Promise<void> {
  await page.getByRole('checkbox', { name: /^downstream/ }).check();
  await page.getByRole('checkbox', { name: /^multifunction/ }).check();
  await expect(page.getByRole('note').filter({ hasText: 'not a fix' })).toBeVisible();
}

/** Shows the groups of a what-if answer as a picture. */
export async function showPredicted(page: Page): Promise<void> {
  await page.getByText('Picture after', { exact: true }).click();
  await expect(page.locator('[data-stop]').first()).toBeVisible({ timeout: 20_000 });
}

export function inspector(page: Page): Locator {
  return page.getByRole('complementary', { name: 'Inspector' });
}

export function groupTable(page: Page): Locator {
  return page.getByRole('treegrid', { name: 'Groups and their members' });
}

/** The row of one function, by its address as it is shown. */
export function memberRow(page: Page, address: string): Locator {
  return groupTable(page).getByRole('row').filter({ hasText: address });
}

/** Finds a function in the table of groups and selects it. */
export async function selectInGroups(page: Page, address: string): Promise<void> {
  await showTab(page, 'Groups');
  await page.getByRole('textbox', { name: /^Search/ }).fill(address);
  await memberRow(page, address).first().click();
}

/** Opens what is typed on the page `Open`. */
export async function openPath(page: Page, path: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Path of a file or a folder, or a host' }).fill(path);
  await page.getByRole('button', { name: 'Open it' }).click();
}
