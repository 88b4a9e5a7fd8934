import { expect, type Page } from '@playwright/test';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseSteps } from '../../../main/binding/plan/parse-steps.ts';
import { planSchema } from '../../../shared/plan.ts';
import { chooseDevice, goOnTo, plans } from '../plan-steps.ts';
import type { Shell } from '../running-shell.ts';
import { test } from '../shell.ts';
import { unpackBootableSample } from '../../support/bootable-sample.ts';
import {
  CARD,
  goTo,
  inspector,
  OFF,
  openPath,
  openSample,
  showTab,
  waitForHost,
} from '../window-steps.ts';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'airlock-plans-'));
});
test.afterEach(() => rmSync(folder, { recursive: true }));

/** Saves the plan as a person does in each shell; the folder that it becomes. */
async function savePlan(shell: Shell): Promise<string> {
  const { page } = shell;
  if (shell.kind === 'serve') {
    const button = plans(page).getByRole('button', { name: 'Download the plan' });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    const archive = path.join(folder, download.suggestedFilename());
    await download.saveAs(archive);
    const unpacked = spawnSync('tar', ['-xf', archive, '-C', folder], { encoding: 'utf8' });
    expect([unpacked.status, unpacked.stderr]).toEqual([0, '']);
    rmSync(archive);
  } else {
    await shell.answerFileDialog(folder);
    await plans(page).getByRole('button', { name: 'Save the folder of the plan' }).click();
  }
  await expect(plans(page).getByRole('status')).toContainText('do.sh');
  const [name = ''] = readdirSync(folder);
  return path.join(folder, name);
}

test('a plan of a snapshot ends in a folder that holds all it needs', async ({ shell }) => {
  const { page } = shell;
  await openSample(page, CARD);
  await chooseDevice(page, /01:00\.0/);
  await goOnTo(page, 'Understand');
  await expect(plans(page)).toContainText('Moves');
  await goOnTo(page, 'Review');
  await expect(plans(page)).toContainText('The plan is not bound to one boot');
  await goOnTo(page, 'Apply');
  await expect(plans(page)).toContainText('nothing can be changed from here');
  await expect(plans(page).getByRole('button', { name: /^Bind/ })).toHaveCount(0);
  const saved = await savePlan(shell);
  const read = (name: string) => readFileSync(path.join(saved, name), 'utf8');
  const steps = parseSteps(read('steps.txt'));
  const plan = planSchema.parse(JSON.parse(read('plan.json')));
  expect(steps.ok && steps.value.planId).toBe(plan.id);
  expect(path.basename(saved)).toBe(`airlock-plan-${plan.id}`);
  expect(plan.asked).toEqual(['0000:01:00.0']);
  expect(readdirSync(saved)).toEqual(expect.arrayContaining(['airlock-helper', 'boot', 'do.sh']));
  expect(read('plan.md')).toContain(`# Plan ${plan.id}`);
});

test('a snapshot has no receipts, and its host none that could be undone here', async ({
  shell: { page },
}) => {
  await openSample(page, CARD);
  await expect(page.getByRole('tab', { name: 'Plans' })).toBeVisible();
  await expect(page.getByRole('tab', { name: 'Receipts' })).toHaveCount(0);
});

test('a plan begins where a device is explained', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  const overview = page.getByRole('region', { name: 'Overview' });
  await overview.getByRole('button', { name: /01:00\.0/ }).click();
  await inspector(page).getByRole('button', { name: 'Plan its move to a VM' }).click();
  await expect(plans(page).getByRole('heading', { name: /^Understand what moves/ })).toBeVisible();
});

test('without an IOMMU there is no plan, and the reason is shown', async ({ shell: { page } }) => {
  await openSample(page, OFF);
  await chooseFirst(page);
  await goOnTo(page, 'Understand');
  const against = plans(page).getByRole('region', { name: 'What stands against it' });
  await expect(against).toContainText(/IOMMU/);
  await expect(against).toContainText('Nothing that can be typed here takes this away');
  await expect(plans(page).getByRole('button', { name: 'Decide' }).last()).toBeDisabled();
});

test('a plan for the boot shows its files, with a kernel argument besides', async ({
  shell: { page },
}) => {
  unpackBootableSample(folder);
  await waitForHost(page);
  await goTo(page, 'Open');
  await openPath(page, folder);
  await chooseDevice(page, /01:00\.0/);
  await goOnTo(page, 'Decide');
  await plans(page)
    .getByRole('radio', { name: /^At every boot/ })
    .check();
  await plans(page).getByText('Kernel arguments besides').click();
  await plans(page)
    .getByRole('checkbox', { name: /^iommu=pt/ })
    .check();
  await goOnTo(page, 'Review');
  await expect(plans(page)).toContainText('arguments grub absent iommu=pt');
  await expect(plans(page)).toContainText('etc/default/grub.d/airlock.cfg');
});

async function chooseFirst(page: Page): Promise<void> {
  await showTab(page, 'Plans');
  await plans(page).getByRole('checkbox').first().check();
}
