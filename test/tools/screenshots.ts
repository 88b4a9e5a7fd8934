import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { domainWith } from '../e2e/vm-steps.ts';
import { makeHome } from '../e2e/built-app.ts';
import { chromiumFlags, chromiumPath } from '../support/chromium-flags.ts';
import { photographSupport } from './photograph-support.ts';

/**
 * Photographs every page of the built window, for a look with fresh eyes and for the README.
 *
 *     npm run screenshots -- FOLDER
 */

const TOP = join(import.meta.dirname, '../..');
const SIZES = {
  narrow: { width: 480, height: 900 },
  small: { width: 1280, height: 800 },
  large: { width: 1920, height: 1080 },
} as const;
const TABS = ['Overview', 'Groups', 'Topology', 'What-if', 'Plans', 'VM', 'Problems'] as const;
/** Samples, each with a function whose explanation is worth a look. */
const SAMPLES = [
  ['AM4 X470 server board', '24:00.0'],
  ['A graphics card with its audio functions', '01:00.1'],
  ['Intel host with the IOMMU off', '01:00.0'],
] as const;

const folder = process.argv[2] ?? join(TOP, 'test-results/screenshots');
mkdirSync(folder, { recursive: true });

const home = makeHome();
const server = spawn(process.execPath, [join(TOP, 'out/cli/airlock.js'), 'serve', '--port', '0'], {
  // A library of its own.
  env: home.env,
});
const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags() });
try {
  const address = await addressOf(server);
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const theme of ['light', 'dark'] as const) {
      await photograph(browser, address, { size, viewport, theme });
    }
  }
} finally {
  await browser.close();
  server.kill();
  home.remove();
}

interface Setting {
  readonly size: string;
  readonly viewport: { readonly width: number; readonly height: number };
  readonly theme: 'light' | 'dark';
}

function addressOf(process: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    process.once('exit', () => reject(new Error(`airlock serve ended: ${text}`)));
    process.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const url = /http:\S+/.exec(text)?.[0];
      if (url !== undefined) resolve(url);
    });
  });
}

async function photograph(browser: Browser, address: string, setting: Setting): Promise<void> {
  const { size, viewport, theme } = setting;
  const page = await browser.newPage({ viewport, colorScheme: theme, reducedMotion: 'reduce' });
  const save = (name: string) =>
    page.screenshot({ path: join(folder, `${name}-${size}-${theme}.png`), animations: 'disabled' });
  await page.goto(address);
  await page.getByRole('tab', { name: 'Overview' }).waitFor();
  await save('this-host');
  await page.getByRole('tab', { name: 'Receipts' }).click();
  await save('receipts');
  for (const entry of ['Samples', 'Open', 'Settings']) {
    await choose(page, entry);
    await save(entry.toLowerCase().replace(' ', '-'));
  }
  await photographSupport(page, (entry) => choose(page, entry), save);
  for (const [at, [title, address]] of SAMPLES.entries()) {
    await choose(page, 'Samples');
    await page.getByRole('main').getByRole('button', { name: title }).click();
    await page.getByRole('tab', { name: 'Overview' }).waitFor();
    for (const tab of TABS) {
      await page.getByRole('tab', { name: tab }).click();
      if (tab === 'Groups' && size !== 'narrow') await selectCard(page, address);
      if (tab === 'Topology') await page.locator('.picture-node').first().waitFor();
      await save(`sample-${at}-${tab.toLowerCase()}`);
      if (tab === 'VM') await photographVm(page, (part) => save(`sample-${at}-vm-${part}`));
      if (tab === 'What-if') await photographWhatif(page, () => save(`sample-${at}-supposed`));
      if (tab === 'Plans') await photographPlan(page, (step) => save(`sample-${at}-plan-${step}`));
    }
  }
  await page.close();
}

/** Goes the way of a plan as far as it goes. */
async function photographPlan(page: Page, save: (step: string) => Promise<unknown>): Promise<void> {
  const wizard = page.getByRole('region', { name: 'Plans' });
  await wizard.getByRole('checkbox').first().check();
  for (const step of ['Understand', 'Decide', 'Review', 'Apply']) {
    const button = wizard.getByRole('button', { name: step, exact: true }).last();
    if (await button.isDisabled()) return;
    await button.click();
    // The plan is asked for once a wish rests.
    await page.waitForTimeout(600);
    await save(step.toLowerCase());
  }
}

/** Gives the first device to a machine, then shows one that exists and takes a part of it. */
async function photographVm(page: Page, save: (part: string) => Promise<unknown>): Promise<void> {
  const machine = page.getByRole('region', { name: 'Virtual machine' });
  const device = machine.getByRole('checkbox').first();
  await device.check();
  const address = (await machine.locator('.vm-device .address').first().innerText()).slice(0, 7);
  await machine.getByText('Choose devices').click();
  // The configuration is asked for once the form rests.
  await page.waitForTimeout(900);
  await save('form');
  await machine.getByRole('region', { name: 'Configuration' }).scrollIntoViewIfNeeded();
  await save('configuration');
  await machine.getByText('Existing machine', { exact: true }).click();
  await machine.getByRole('textbox').fill(domainWith(address));
  await page.waitForTimeout(900);
  await save('existing');
}

/** Supposes the ACS override: an answer with a warning and many groups. */
async function photographWhatif(page: Page, save: () => Promise<unknown>): Promise<void> {
  await page.getByRole('checkbox', { name: /^downstream/ }).check();
  await page.getByText('What this rests on').waitFor();
  await save();
  await page.getByRole('button', { name: 'Remove all' }).click();
}

async function choose(page: Page, entry: string): Promise<void> {
  const menu = page.getByRole('button', { name: 'Show hosts and pages' });
  if (await menu.isVisible()) await menu.click();
  const navigation = page.getByRole('navigation', { name: 'Hosts and pages' });
  await navigation.getByRole('button', { name: entry, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: entry }).waitFor();
}

/** Shows an explanation beside the table. */
async function selectCard(page: Page, address: string): Promise<void> {
  const search = page.getByPlaceholder('Name, id, address, driver');
  await search.fill(address);
  await page.getByRole('treegrid').getByRole('row').filter({ hasText: address }).click();
  await search.fill('');
  const inspector = page.getByRole('complementary', { name: 'Inspector' });
  await inspector.getByText('What would split it').waitFor();
}
