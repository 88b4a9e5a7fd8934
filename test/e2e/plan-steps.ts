import { expect, type Locator, type Page } from '@playwright/test';
import { showTab } from './window-steps.ts';

const STEPS = ['Understand', 'Decide', 'Review', 'Apply'] as const;
type StepName = (typeof STEPS)[number];

export function plans(page: Page): Locator {
  return page.getByRole('region', { name: 'Plans' });
}

/** Goes on to a step, as a person does: by the button below each. */
export async function goOnTo(page: Page, wanted: StepName): Promise<void> {
  for (const step of STEPS.slice(0, STEPS.indexOf(wanted) + 1)) {
    const here = await page.locator('.step-row [aria-current=step]').innerText();
    if (STEPS.some((one) => here.includes(one) && STEPS.indexOf(one) >= STEPS.indexOf(step)))
      continue;
    const button = plans(page).getByRole('button', { name: step, exact: true }).last();
    // A new reading that ends meanwhile makes the plan anew, and the button moves.
    await expect(async () => {
      await button.click({ timeout: 3_000 });
      await expect(page.locator('.step-row [aria-current=step]')).toContainText(step, {
        timeout: 1_000,
      });
    }).toPass({ timeout: 30_000 });
  }
}

/** Opens the plans of the host on show and chooses a device by its name. */
export async function chooseDevice(page: Page, name: RegExp): Promise<void> {
  await showTab(page, 'Plans');
  const box = plans(page).getByRole('checkbox', { name }).first();
  await box.check();
  await expect(box).toBeChecked();
}
