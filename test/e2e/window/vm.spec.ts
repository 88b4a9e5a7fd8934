import { expect, type Page } from '@playwright/test';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseVm } from '../../../main/reports/vm/parse-vm.ts';
import { test } from '../shell.ts';
import { AM4, configText, domainWith, giveDevice, pasteMachine, vmPage } from '../vm-steps.ts';
import { CARD, inspector, openSample, waitForHost } from '../window-steps.ts';

/** Addresses of the host that a shown domain takes. */
async function shownDevices(page: Page): Promise<readonly string[]> {
  const lines = await configText(page, /\.xml$/)
    .locator('code')
    .allInnerTexts();
  const parsed = parseVm(lines.join('\n'));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.value.vm.hostDevices.flatMap((one) => (one.kind === 'mdev' ? [] : [one.bdf]));
}

test('a graphics device brings its audio function into the domain', async ({ shell: { page } }) => {
  await openSample(page, AM4);
  await giveDevice(page, /30:00\.0/);
  await expect(configText(page, 'win11.xml')).toContainText('<hostdev');
  expect(await shownDevices(page)).toEqual(['0000:30:00.0', '0000:30:00.1']);
});

test('the rest of a group is one click away', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  await giveDevice(page, /01:00\.0/);
  const findings = vmPage(page).getByRole('list', { name: 'Findings' });
  await expect(findings).toContainText('The VM takes a part of group');
  await vmPage(page)
    .getByRole('button', { name: /^Take the rest of group/ })
    .click();
  await expect(vmPage(page)).toContainText('No findings.');
  await expect(findings).toHaveCount(0);
  expect(await shownDevices(page)).toEqual(['0000:01:00.0', '0000:01:00.1', '0000:01:00.2']);
});

test('another target is another text, and says what it cannot say', async ({ shell: { page } }) => {
  await openSample(page, AM4);
  await giveDevice(page, /30:00\.0/);
  await vmPage(page).getByText('Proxmox', { exact: true }).click();
  await expect(configText(page, 'proxmox.sh')).toContainText('0000:30:00.0;0000:30:00.1');
  await expect(
    vmPage(page).getByRole('heading', { name: /^What Proxmox cannot say/ }),
  ).toBeVisible();
  await vmPage(page).getByRole('tab', { name: 'pci.cfg' }).click();
  await expect(configText(page, 'pci.cfg')).toContainText('path=0000:30:00.0');
});

test('a finding stands below its line, and the list leads there', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  await giveDevice(page, /01:00\.0/);
  const findings = vmPage(page).getByRole('list', { name: 'Findings' });
  const entry = findings.getByRole('listitem').filter({ hasText: 'The VM takes a part of group' });
  const link = entry.getByRole('button', { name: /^Line \d+$/ });
  const line = /\d+/.exec(await link.innerText())?.[0] ?? '';
  await link.click();
  const note = configText(page, 'win11.xml').getByRole('note', { name: `Stop at line ${line}` });
  await expect(note).toBeFocused();
  await expect(note).toBeInViewport();
  const marked = configText(page, 'win11.xml').locator(`[data-marked=true]`).first();
  await expect(marked).toContainText('<hostdev');
});

test('the text can be copied, and the files saved', async ({ shell }) => {
  const { page } = shell;
  await openSample(page, AM4);
  await giveDevice(page, /30:00\.0/);
  await expect(configText(page, 'win11.xml')).toContainText('<hostdev');
  await vmPage(page).getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(vmPage(page).getByRole('button', { name: 'Copied' })).toBeVisible();
  const folder = mkdtempSync(path.join(tmpdir(), 'airlock-vm-'));
  try {
    if (shell.kind === 'serve') {
      const button = vmPage(page).getByRole('button', { name: 'Download', exact: true });
      const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
      await download.saveAs(path.join(folder, download.suggestedFilename()));
      expect(readdirSync(folder)).toEqual(['win11.xml']);
      expect(readFileSync(path.join(folder, 'win11.xml'), 'utf8')).toContain("bus='0x30'");
    } else {
      await shell.answerFileDialog(folder);
      await vmPage(page).getByRole('button', { name: 'Save', exact: true }).click();
      await expect(vmPage(page)).toContainText('Saved in');
      const saved = path.join(folder, 'airlock-vm-win11-libvirt/win11.xml');
      expect(readFileSync(saved, 'utf8')).toContain("bus='0x30'");
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('a wrong field is named, and the last text stays', async ({ shell: { page } }) => {
  await openSample(page, AM4);
  await giveDevice(page, /30:00\.0/);
  await expect(configText(page, 'win11.xml')).toContainText('<hostdev');
  await vmPage(page).getByRole('textbox', { name: 'Processors' }).fill('many');
  await expect(vmPage(page)).toContainText('A whole number from 1 to 1,024');
  await expect(configText(page, 'win11.xml')).toContainText('<hostdev');
  await expect(vmPage(page).getByRole('button', { name: /^(Download|Save)$/ })).toBeDisabled();
});

test('a domain that takes half a group is told so, and gets the rest', async ({
  shell: { page },
}) => {
  await openSample(page, CARD);
  await giveDevice(page, /01:00\.0/);
  await vmPage(page)
    .getByRole('button', { name: /^Take the rest of group/ })
    .click();
  await pasteMachine(page, domainWith('01:00.0'));
  const devices = vmPage(page).getByRole('region', { name: 'Devices that it takes' });
  await expect(devices).toContainText('Half a group');
  await expect(devices).toContainText('01:00.1');
  const text = vmPage(page).getByRole('group', { name: 'Text of the machine' });
  await expect(text.getByRole('note', { name: 'Stop at line 5' })).toContainText(
    'The VM takes a part of group',
  );
  const diff = vmPage(page).getByRole('group', { name: 'Difference with the chosen devices' });
  await expect(diff).toContainText(
    "+        <address domain='0x0000' bus='0x01' slot='0x00' function='0x1'/>",
  );
});

test('a text that is no machine is refused in words', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  await pasteMachine(page, 'hello');
  await expect(vmPage(page).getByRole('alert')).toContainText('This is no libvirt domain');
});

test('a machine begins where a device is explained', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  const overview = page.getByRole('region', { name: 'Overview' });
  await overview.getByRole('button', { name: /01:00\.0/ }).click();
  await inspector(page).getByRole('button', { name: 'Make a VM with it' }).click();
  const chosen = vmPage(page).getByRole('list', { name: 'Chosen devices' });
  await expect(chosen).toContainText('01:00.0');
});

test('what was chosen is there after a restart of the window', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  await giveDevice(page, /01:00\.0/);
  await vmPage(page).getByRole('textbox', { name: 'Name' }).fill('studio');
  await expect(configText(page, 'studio.xml')).toBeVisible();
  await page.reload();
  await waitForHost(page);
  await expect(vmPage(page).getByRole('textbox', { name: 'Name' })).toHaveValue('studio');
  await expect(vmPage(page).getByRole('list', { name: 'Chosen devices' })).toContainText('01:00.0');
});
