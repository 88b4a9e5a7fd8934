import { expect } from '@playwright/test';
import { test } from '../shell.ts';
import {
  OFF,
  openSample,
  selectInGroups,
  showPredicted,
  showTab,
  supposeOverride,
} from '../window-steps.ts';

const CHIPSET = 'AM4 X470 server board';

test('a board with one large group: why, and what the ACS override would hide', async ({
  shell: { page },
}) => {
  await openSample(page, CHIPSET);
  await selectInGroups(page, '24:00.0');
  await page.getByRole('button', { name: 'Try changes in What-if' }).click();
  const whatif = page.getByRole('region', { name: 'What-if' });
  await supposeOverride(page);
  await expect(whatif).toContainText(/17 groups.*29 groups/s);
  await expect(whatif).toContainText('in a group with 13 others before, alone in its group after');
  await expect(whatif.getByRole('heading', { name: 'One group splits into 13' })).toBeVisible();
  await expect(whatif).toContainText('16:00.2 on the way to the root does not isolate');
  await expect(whatif).toContainText('airlock whatif acs-override=downstream,multifunction');
  await showPredicted(page);
  const picture = page.getByRole('application', { name: 'Picture of the topology' });
  // The port still says what it is: the override changes no port.
  await expect(
    picture.getByRole('button', { name: /^20:02\.0 .*does not isolate, group/ }),
  ).toBeVisible();
});

test('changes go one by one, and one about the same takes its place', async ({
  shell: { page },
}) => {
  await openSample(page, CHIPSET);
  await showTab(page, 'What-if');
  const whatif = page.getByRole('region', { name: 'What-if' });
  await supposeOverride(page);
  const any = whatif.getByRole('textbox', { name: /^Any change/ });
  await any.fill('kernel=6.12');
  await any.press('Enter');
  await expect(whatif.getByRole('listitem').filter({ hasText: 'kernel=6.12' })).toContainText(
    'The kernel is 6.12 in place of',
  );
  await any.fill('kernel=6.1');
  await any.press('Enter');
  await expect(whatif.getByRole('button', { name: /^Remove kernel=/ })).toHaveCount(1);
  await whatif.getByRole('button', { name: /^Remove acs-override/ }).click();
  await expect(whatif.getByRole('note').filter({ hasText: 'not a fix' })).toHaveCount(0);
  await expect(page.getByRole('checkbox', { name: /^downstream/ })).not.toBeChecked();
  await whatif.getByRole('button', { name: 'Remove all' }).click();
  await expect(whatif).toContainText('None yet');
});

test('a change that cannot be says why', async ({ shell: { page } }) => {
  await openSample(page, CHIPSET);
  await showTab(page, 'What-if');
  const whatif = page.getByRole('region', { name: 'What-if' });
  const any = whatif.getByRole('textbox', { name: /^Any change/ });
  await any.fill('move=nonsense');
  await any.press('Enter');
  await expect(whatif.getByRole('alert')).toContainText('Cannot understand "move=nonsense"');
});

test('a card moves to a free slot, and its new address says which it was', async ({
  shell: { page },
}) => {
  await openSample(page, CHIPSET);
  await showTab(page, 'What-if');
  const whatif = page.getByRole('region', { name: 'What-if' });
  await whatif
    .getByLabel('Card', { exact: true })
    .selectOption({ label: '24:00.0 I210 Gigabit Network Connection' });
  await whatif.getByRole('button', { name: 'Suppose the move' }).click();
  await expect(whatif.getByRole('listitem').filter({ hasText: 'move=0000:24:00.0' })).toContainText(
    'moves below downstream port 20:04.0',
  );
});

test('without an IOMMU, switching it on is offered and gives groups', async ({
  shell: { page },
}) => {
  await openSample(page, OFF);
  await showTab(page, 'What-if');
  const whatif = page.getByRole('region', { name: 'What-if' });
  await whatif.getByRole('button', { name: 'Suppose that it is on' }).click();
  await expect(whatif).toContainText(/No groups.*the IOMMU is off.*\d+ groups/s);
});
