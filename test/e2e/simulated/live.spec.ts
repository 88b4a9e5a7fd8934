import { expect, test as base, type Page } from '@playwright/test';
import { AUDIO, GPU } from '../../support/simulated-host/graphics-card.ts';
import { chooseDevice, goOnTo, plans } from '../plan-steps.ts';
import { serveInside, type SimulatedServe } from '../simulated-serve.ts';
import { goTo, inspector, memberRow, showTab } from '../window-steps.ts';

/** `airlock serve` as root on a simulated host, and its window. */
const test = base.extend<{ readonly host: SimulatedServe }>({
  // Playwright reads the names of the fixtures that this one needs: none.
  host: async ({}, use) => {
    const host = await serveInside();
    await use(host);
    await host.close();
  },
});

test.setTimeout(120_000);
test.beforeEach(async ({ page, host }) => {
  await page.goto(host.url);
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible({ timeout: 30_000 });
});

const news = (page: Page) => page.getByRole('region', { name: 'Changed on this host' });
const row = (page: Page, address: string) =>
  memberRow(page, address).and(page.locator('.member-row'));
const rescan = (page: Page) => page.getByRole('button', { name: 'Rescan' });
/** However busy the machine is; how soon it comes is measured by the benchmark. */
const SOON = { timeout: 30_000 };

test('another driver shows by itself; selection, filters and the wizard stay', async ({
  page,
  host,
}) => {
  await chooseDevice(page, /RTX 3090/);
  await goOnTo(page, 'Decide');
  const gpu = host.kernel.functions.get(GPU);
  if (gpu) gpu.driver = 'nouveau';
  await expect(news(page)).toContainText('01:00.0 went from nvidia to nouveau', SOON);
  await expect(page.locator('.step-row [aria-current=step]')).toContainText('Decide');

  await showTab(page, 'Groups');
  await row(page, '01:00.1').click();
  await expect(inspector(page)).toContainText('0000:01:00.1');
  if (gpu) gpu.driver = 'vfio-pci';
  await expect(row(page, '01:00.0')).toContainText('vfio-pci', SOON);
  await expect(news(page)).toContainText('01:00.0 went from nvidia to vfio-pci', SOON);
  await expect(inspector(page)).toContainText('0000:01:00.1');
  await expect(row(page, '01:00.1')).toHaveAttribute('aria-selected', 'true');
  await news(page).getByRole('button', { name: 'Dismiss what changed' }).click();
  await expect(news(page)).toHaveCount(0);
});

test('a function that is unplugged goes, and comes back', async ({ page, host }) => {
  await showTab(page, 'Groups');
  await row(page, '01:00.1').click();
  const audio = host.kernel.functions.get(AUDIO);
  host.kernel.functions.delete(AUDIO);
  await expect(news(page)).toContainText('01:00.1 went away', SOON);
  await expect(row(page, '01:00.1')).toHaveCount(0);
  await expect(inspector(page)).toContainText('It went away since it was selected');
  if (audio) host.kernel.functions.set(AUDIO, audio);
  await expect(news(page)).toContainText('01:00.1 appeared, driven by snd_hda_intel', SOON);
  await expect(inspector(page)).not.toContainText('It went away since it was selected');
});

test('with the setting off nothing is looked at until somebody rescans', async ({ page, host }) => {
  await goTo(page, 'Settings');
  await page
    .getByRole('radiogroup', { name: 'Changes on this host' })
    .getByText('On rescan')
    .click();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /This host/ })
    .click();
  await showTab(page, 'Groups');
  // The last wish of the window lasts ten seconds.
  await page.waitForTimeout(11_000);
  const gpu = host.kernel.functions.get(GPU);
  if (gpu) gpu.driver = 'vfio-pci';
  await page.waitForTimeout(4_000);
  await expect(row(page, '01:00.0')).toContainText('nvidia');
  await rescan(page).click();
  await expect(row(page, '01:00.0')).toContainText('vfio-pci', SOON);
});

test('while the kernel gives no answer the window is answered, and Airlock can end', async ({
  page,
  host,
}) => {
  const audio = host.kernel.functions.get(AUDIO);
  Object.assign(audio?.faults ?? {}, { unbindBlocks: true });
  const isHeld = new Promise<void>((resolve) => {
    host.kernel.onWrite = ({ path }) => path === 'snd_hda_intel/unbind' && resolve();
  });
  const file = '/sys/bus/pci/drivers/snd_hda_intel/unbind';
  host.sandbox.start(['/bin/sh', '-c', `echo ${AUDIO} >${file}`]);
  await isHeld;

  // A reading that is stopped.
  await rescan(page).click();
  await showTab(page, 'Groups');
  await row(page, '01:00.0').click();
  await expect(inspector(page).locator('.hops').getByRole('listitem').first()).toBeVisible();
  await page.getByRole('button', { name: 'Stop reading' }).click();
  await expect(rescan(page)).toBeEnabled();

  // A reading that nobody stops.
  await rescan(page).click();
  const alert = page.getByRole('alert');
  await expect(alert).toContainText('Cannot read', SOON);
  await expect(alert).toContainText(`${AUDIO}/driver_override in 10 seconds`);
  await showTab(page, 'Plans');
  await expect(plans(page)).toBeVisible();
  expect(await host.interrupt()).toBe(0);
});
