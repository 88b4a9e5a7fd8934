import AxeBuilder from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { AUDIO, BOUND, FREE, GPU } from '../../support/simulated-host/graphics-card.ts';
import type { Faults } from '../../support/simulated-host/simulated-kernel.ts';
import { chooseDevice, goOnTo, plans } from '../plan-steps.ts';
import { receiptsOf, serveInside, type SimulatedServe } from '../simulated-serve.ts';
import { goTo, showTab } from '../window-steps.ts';

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

const CARD = /RTX 3090/;
const bind = (page: Page) => plans(page).getByRole('button', { name: 'Bind group 7 now' });
const problem = (page: Page) => page.getByRole('list', { name: 'Problems' }).first();

async function planCard(page: Page): Promise<void> {
  await chooseDevice(page, CARD);
  await goOnTo(page, 'Apply');
}

async function applied(page: Page): Promise<void> {
  await planCard(page);
  await bind(page).click();
  await expect(page.getByRole('heading', { name: 'Keep it, or take it back' })).toBeVisible({
    timeout: 60_000,
  });
}

function setFaults({ kernel }: SimulatedServe, bdf: string, faults: Faults): void {
  Object.assign(kernel.functions.get(bdf)?.faults ?? {}, faults);
}

test('a card goes to VFIO step by step, is confirmed, and comes back by its receipt', async ({
  page,
  host,
}) => {
  await chooseDevice(page, CARD);
  await goOnTo(page, 'Understand');
  await expect(plans(page)).toContainText('comes along');
  await expect(plans(page)).toContainText('vfio-pci takes no bridges');
  await expect(plans(page)).toContainText('The host has no other display than 01:00.0');
  await goOnTo(page, 'Review');
  await expect(plans(page)).toContainText('driver 0000:01:00.0 10de:2204');
  await expect(plans(page)).toContainText('gives it back to nvidia by name');
  await goOnTo(page, 'Apply');
  // The kernel holds the second function until the window has shown the first as done.
  const isReached = new Promise<void>((resolve) => {
    host.kernel.onWrite = ({ path }) => path === 'snd_hda_intel/unbind' && resolve();
  });
  setFaults(host, AUDIO, { unbindBlocks: true });
  await bind(page).click();
  await isReached;
  const progress = page.getByRole('list', { name: 'Progress' }).getByRole('listitem');
  await expect(progress.nth(3)).toHaveAttribute('data-phase', 'done');
  await expect(progress.nth(4)).toHaveAttribute('data-phase', 'begin');
  await expect(plans(page)).toContainText('4 of 6 done');
  host.kernel.release(AUDIO);
  await expect(page.getByRole('timer')).toHaveText(/^(10:00|9:\d\d)$/, { timeout: 60_000 });
  expect(host.kernel.bindings).toEqual(BOUND);

  await plans(page).getByRole('button', { name: 'Keep it' }).click();
  await expect(plans(page)).toContainText('Confirmed: it stays until the next boot');
  await expect(page.getByRole('timer')).toHaveCount(0);

  await showTab(page, 'Receipts');
  const [id = ''] = receiptsOf(host);
  const receipt = page.getByRole('listitem', { name: `Receipt ${id}` });
  await expect(receipt).toContainText('Confirmed');
  await expect(receipt).toContainText('nvidia → vfio-pci');
  await receipt.getByRole('button', { name: 'Undo' }).click();
  await receipt.getByRole('button', { name: 'Give back 01:00.0 and 01:00.1' }).click();
  await expect(receipt).toContainText('Given back', { timeout: 60_000 });
  expect(host.kernel.bindings).toEqual(FREE);
});

test('a card that nobody confirms is given back by the timer, and the window says so', async ({
  page,
  host,
}) => {
  await applied(page);
  await showTab(page, 'Overview');
  await expect(page.getByRole('region', { name: 'Waits for your confirmation' })).toContainText(
    '01:00.0, 01:00.1 are given back',
  );
  host.kernel.uptimeSeconds += 601;
  await showTab(page, 'Plans');
  await expect(plans(page)).toContainText('Everything was given back', { timeout: 60_000 });
  expect(host.kernel.bindings).toEqual(FREE);
});

test('stopping in the middle gives everything back', async ({ page, host }) => {
  await planCard(page);
  const isReached = new Promise<void>((resolve) => {
    host.kernel.onWrite = ({ path }) => path === 'snd_hda_intel/unbind' && resolve();
  });
  setFaults(host, AUDIO, { unbindBlocks: true });
  await bind(page).click();
  await isReached;
  await plans(page).getByRole('button', { name: 'Stop and give back' }).click();
  await expect(plans(page)).toContainText('Stopping: what was done is given back');
  host.kernel.release(AUDIO);
  await expect(plans(page)).toContainText('everything was given back', { timeout: 60_000 });
  await expect(problem(page)).toContainText('It was stopped');
  expect(host.kernel.bindings).toEqual(FREE);
});

const failing: readonly [string, string, string][] = [
  // The write to drivers_probe succeeds all the same: only the link shows that it failed.
  ['a probe that fails silently', GPU, 'Cannot bind 0000:01:00.0 to vfio-pci'],
  ['a driver that refuses the second function', AUDIO, 'Cannot bind 0000:01:00.1 to vfio-pci'],
];
for (const [name, bdf, sentence] of failing) {
  test(`${name} is named, and everything is given back`, async ({ page, host }) => {
    setFaults(host, bdf, { refusedBy: ['vfio-pci'] });
    await planCard(page);
    await bind(page).click();
    await expect(plans(page)).toContainText('everything was given back', { timeout: 60_000 });
    await expect(problem(page)).toContainText('The new driver refused the device');
    await expect(problem(page)).toContainText(sentence);
    expect(host.kernel.bindings).toEqual(FREE);
  });
}

test('an unbind that blocks is told with what to do, and ends when the device is released', async ({
  page,
  host,
}) => {
  setFaults(host, GPU, { unbindBlocks: true });
  // The helper's own limit passes on the simulated clock.
  host.kernel.onWrite = ({ path }) => {
    if (path === 'nvidia/unbind') host.kernel.uptimeSeconds += 31;
  };
  await planCard(page);
  await bind(page).click();
  await expect(plans(page)).toContainText('not everything could be given back yet', {
    timeout: 60_000,
  });
  await expect(problem(page)).toContainText('The device is in use');
  await expect(problem(page)).toContainText('End what uses it');
  host.kernel.onWrite = () => undefined;
  host.kernel.release(GPU);
  await plans(page).getByRole('button', { name: 'Go to recovery in Receipts' }).click();
  await expect(page.getByRole('region', { name: 'Receipts' })).toContainText('Given back', {
    timeout: 60_000,
  });
  expect(host.kernel.bindings).toEqual(FREE);
});

test('while another helper works a plan is refused, and can be tried again', async ({
  page,
  host,
}) => {
  await planCard(page);
  host.sandbox.write('/var/lib/airlock/lock/1', '');
  const other = host.sandbox.start([
    '/bin/sh',
    '-c',
    'exec 9</var/lib/airlock/lock/1; echo open; read -r end',
  ]);
  await new Promise((resolve) => other.stdout?.once('data', resolve));
  await bind(page).click();
  const alert = plans(page).getByRole('alert');
  await expect(alert).toContainText('Another helper is at work', { timeout: 60_000 });
  expect(host.kernel.bindings).toEqual(FREE);
  other.stdin?.end();
  await plans(page).getByRole('button', { name: 'Back to the plan' }).click();
  await goOnTo(page, 'Apply');
  await bind(page).click();
  await expect(page.getByRole('timer')).toBeVisible({ timeout: 60_000 });
});

test('a plan of a host that has changed is refused, and made anew', async ({ page, host }) => {
  // Otherwise the window notices, and makes the plan anew by itself.
  await goTo(page, 'Settings');
  await page
    .getByRole('radiogroup', { name: 'Changes on this host' })
    .getByText('On rescan')
    .click();
  await page
    .getByRole('navigation')
    .getByRole('button', { name: /This host/ })
    .click();
  await planCard(page);
  const gpu = host.kernel.functions.get(GPU);
  if (gpu) gpu.driver = 'nouveau';
  await bind(page).click();
  await expect(plans(page)).toContainText('Refused before anything was changed', {
    timeout: 60_000,
  });
  await expect(problem(page)).toContainText('Another driver holds the device than before');
  await plans(page).getByRole('button', { name: 'Read the host again and plan anew' }).click();
  await goOnTo(page, 'Apply');
  await bind(page).click();
  await expect(page.getByRole('timer')).toBeVisible({ timeout: 60_000 });
  expect(host.kernel.bindings).toEqual(BOUND);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a run, its receipt and a refusal are accessible in the ${colorScheme} theme`, async ({
    page,
    host,
  }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    setFaults(host, AUDIO, { refusedBy: ['vfio-pci'] });
    await planCard(page);
    await bind(page).click();
    await expect(problem(page)).toBeVisible({ timeout: 60_000 });
    expect.soft(await violations(page), 'refusal').toEqual([]);
    setFaults(host, AUDIO, { refusedBy: [] });
    await plans(page).getByRole('button', { name: 'Back to the plan' }).click();
    await goOnTo(page, 'Apply');
    await bind(page).click();
    await expect(page.getByRole('timer')).toBeVisible({ timeout: 60_000 });
    expect.soft(await violations(page), 'confirmation').toEqual([]);
    await showTab(page, 'Receipts');
    await page.getByRole('button', { name: 'Undo' }).click();
    expect.soft(await violations(page), 'receipts').toEqual([]);
  });
}

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).analyze();
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
  );
}
