import { expect, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { builtFile, ROOT } from '../built-app.ts';
import { dropFile } from '../drop-file.ts';
import type { Shell } from '../running-shell.ts';
import { test } from '../shell.ts';
import { CARD, goTo, inspector, openSample, showTab, waitForHost } from '../window-steps.ts';

const SAMPLE = path.join(ROOT, 'assets/samples/graphics-card.tar.gz');
const OTHER = path.join(ROOT, 'assets/samples/iommu-off.tar.gz');
const NOT_VIABLE = 'vfio 0000:01:00.0: group 13 is not viable';

const MIXTURE = `Hi, my VM does not start. This is what you asked for:

\`\`\`
00:01.0 PCI bridge [0604]: Intel Corporation 6th-10th Gen Core Processor PCIe Controller (x16) [8086:1901] (rev 07)
\tKernel driver in use: pcieport
01:00.0 VGA compatible controller [0300]: NVIDIA Corporation GA102 [GeForce RTX 3080] [10de:2206] (rev a1)
\tKernel driver in use: nouveau
\`\`\`

and the log:

[    0.512000] pci 0000:00:01.0: Adding to iommu group 1
[    0.512001] pci 0000:01:00.0: Adding to iommu group 1
`;

function snapshots(page: Page) {
  return page.getByRole('listbox', { name: 'Snapshots' }).getByRole('option');
}

test('a pasted mixture says what it is, what is missing, and what to ask for', async ({
  shell: { page },
}) => {
  await waitForHost(page);
  await goTo(page, 'Open');
  await page.getByRole('textbox', { name: 'Text to read' }).fill(MIXTURE);
  await page.getByRole('button', { name: 'Read the text' }).click();
  const card = page.getByRole('region', { name: 'Recognised as' });
  await expect(card.getByRole('listitem').filter({ hasText: 'lspci' }).first()).toContainText(
    'lines 4 to 7',
  );
  await expect(card.getByRole('listitem').filter({ hasText: 'kernel log' })).toContainText(
    'lines 12 to 13',
  );
  await expect(card).toContainText('missing 2');
  await expect(card.locator('.command-line')).toContainText('sudo lspci -D -vvnnxxxx');
  await expect(card.getByRole('button', { name: 'Copy the command' })).toBeVisible();
  await expect(page.getByRole('button', { name: /RTX 3080/ })).toBeVisible();
});

test('a dropped snapshot opens, with what it was recognised as', async ({ shell: { page } }) => {
  await waitForHost(page);
  await dropFile(page, 'customer.bin', readFileSync(SAMPLE));
  await expect(page.getByText('an archive with a sysfs tree')).toBeVisible();
});

test('what is dropped on the library is kept, found, noted on and opened', async ({
  shell: { page },
}) => {
  await waitForHost(page);
  await goTo(page, 'Library');
  await expect(page.getByText('Nothing is kept yet')).toBeVisible();
  await dropFile(page, 'card.tar.gz', readFileSync(SAMPLE));
  await expect(page.getByText('1 snapshot imported')).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();
  await dropFile(page, 'letter.txt', Buffer.from('a shopping list'));
  await expect(page.getByText(/Cannot read letter\.txt/)).toBeVisible();
  await page.getByRole('button', { name: 'Done' }).click();

  await dropFile(page, 'off.tar.gz', readFileSync(OTHER));
  await expect(snapshots(page)).toHaveCount(2);
  const search = page.getByRole('textbox', { name: 'Search the library' });
  await search.fill('name:card');
  await expect(snapshots(page)).toHaveCount(1);
  await snapshots(page).click();

  const entry = page.getByRole('complementary', { name: 'Chosen entry' });
  await entry.getByRole('textbox', { name: 'Tag to add' }).fill('code 43');
  await entry.getByRole('button', { name: 'Add', exact: true }).click();
  await entry.getByRole('textbox', { name: 'Case to put it into' }).fill('Acme 42');
  await entry.getByRole('button', { name: 'Put into' }).click();
  await entry.getByRole('textbox', { name: 'Note to add' }).fill('Second card, upper slot');
  await entry.getByRole('button', { name: 'Add the note' }).click();
  await expect(entry.getByText('Second card, upper slot')).toBeVisible();
  await search.fill('tag:"code 43" upper');
  await expect(snapshots(page)).toHaveCount(1);
  await page.getByRole('navigation', { name: 'Cases' }).getByRole('button').click();
  await expect(entry.getByRole('heading', { name: 'Case Acme 42' })).toBeVisible();
  await expect(snapshots(page)).toHaveCount(1);

  await page.getByRole('listbox', { name: 'Snapshots' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByText('a snapshot of the library')).toBeVisible();
});

test('removing from the library is asked for twice', async ({ shell: { page } }) => {
  await waitForHost(page);
  await goTo(page, 'Library');
  await dropFile(page, 'card.tar.gz', readFileSync(SAMPLE));
  await snapshots(page).click();
  const entry = page.getByRole('complementary', { name: 'Chosen entry' });
  await entry.getByRole('button', { name: 'Remove' }).click();
  await entry.getByRole('button', { name: 'Keep it' }).click();
  await expect(snapshots(page)).toHaveCount(1);
  await entry.getByRole('button', { name: 'Remove' }).click();
  await entry.getByRole('button', { name: 'Remove the snapshot' }).click();
  await expect(entry).toHaveCount(0);
  await expect(page.getByText('Nothing is kept yet')).toBeVisible();
});

test('a case goes out as one file, and comes back with its notes', async ({ shell }) => {
  const { page } = shell;
  await waitForHost(page);
  await goTo(page, 'Library');
  await dropFile(page, 'card.tar.gz', readFileSync(SAMPLE));
  await snapshots(page).click();
  const entry = page.getByRole('complementary', { name: 'Chosen entry' });
  await entry.getByRole('textbox', { name: 'Case to put it into' }).fill('Acme 42');
  await entry.getByRole('button', { name: 'Put into' }).click();
  await page.getByRole('navigation', { name: 'Cases' }).getByRole('button').click();
  await entry.getByRole('textbox', { name: 'Note to add' }).fill('Upper slot');
  await entry.getByRole('button', { name: 'Add the note' }).click();
  await expect(entry.getByText('Upper slot')).toBeVisible();
  const exported = readFileSync(await exportShown(shell));

  await entry.getByRole('button', { name: 'Remove' }).click();
  await entry.getByRole('button', { name: 'Remove the case' }).click();
  await expect(page.getByRole('navigation', { name: 'Cases' })).toHaveCount(0);
  await dropFile(page, 'from-a-colleague.tar', exported);
  await page.getByRole('navigation', { name: 'Cases' }).getByRole('button').click();
  await expect(entry.getByText('Upper slot')).toBeVisible();
});

/** Exports what is shown, as the shell does it: into a folder, or as a download. */
async function exportShown(shell: Shell): Promise<string> {
  const { page, env } = shell;
  const button = page.getByRole('button', { name: 'Export the case' });
  if (shell.kind === 'serve') {
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    expect(download.suggestedFilename()).toBe('Acme 42.airlock-case.tar');
    return download.path();
  }
  const folder = String(env['HOME']);
  await shell.answerFileDialog(folder);
  await button.click();
  const file = path.join(folder, 'Acme 42.airlock-case.tar');
  await expect(page.getByText(`Wrote ${file}`)).toBeVisible();
  return file;
}

test('the window and the command line keep one library', async ({ shell: { page, env } }) => {
  execFileSync(process.execPath, [builtFile('cli/airlock.js'), 'import', SAMPLE], { env });
  await waitForHost(page);
  await goTo(page, 'Library');
  await expect(snapshots(page)).toHaveCount(1);
  await dropFile(page, 'off.tar.gz', readFileSync(OTHER));
  await expect(snapshots(page)).toHaveCount(2);
  const args = [builtFile('cli/airlock.js'), 'library', 'list', '--json'];
  const list = JSON.parse(execFileSync(process.execPath, args, { env }).toString()) as {
    snapshots: { name: string }[];
  };
  expect(list.snapshots.map(({ name }) => name)).toEqual(['off.tar.gz', path.basename(SAMPLE)]);
});

test('two hosts are compared side by side, in either order', async ({ shell: { page } }) => {
  await openSample(page, CARD);
  await showTab(page, 'Compare');
  await expect(page.getByText('Choose what to compare with')).toBeVisible();
  const choose = page.getByRole('button', { name: 'Choose a file' });
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choose.click()]);
  await chooser.setFiles(OTHER);
  const result = page.getByRole('region', { name: 'Compare', exact: true });
  await expect(result.getByRole('heading', { name: /^New/ })).toBeVisible();
  await expect(result.getByText('After, this host')).toBeVisible();
  await page.getByText('This host is before').click();
  await expect(result.getByText('Before, this host')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Copy as text' })).toBeVisible();
  const gone = page.getByRole('table').filter({ hasText: 'not there' }).first();
  await gone.getByRole('button').first().click();
  await expect(inspector(page).getByRole('heading', { name: 'Why here' })).toBeVisible();
});

test('the log doctor names the cause and shows the device in the inspector', async ({
  shell: { page },
}) => {
  await openSample(page, CARD);
  await goTo(page, 'Log doctor');
  const harmless = 'pci 0000:01:00.0: Adding to iommu group 13';
  await page.getByRole('textbox', { name: 'Log lines' }).fill(`${harmless}\n${NOT_VIABLE}`);
  await page.getByRole('button', { name: 'Read the log' }).click();
  const answer = page.getByRole('region', { name: 'What the log says' });
  const first = answer.getByRole('listitem').first();
  await expect(first).toContainText(NOT_VIABLE);
  await expect(first).toContainText('pasted text, line 2');
  await expect(answer.getByText('Adding to iommu group')).toBeHidden();
  await answer.getByText('1 harmless line').click();
  await expect(answer.getByText('Adding to iommu group')).toBeVisible();
  await first.getByRole('button', { name: '01:00.0' }).click();
  await expect(inspector(page).getByRole('heading', { name: 'Why here' })).toBeVisible();
});

test('a dropped log is read together with what was pasted', async ({ shell: { page } }) => {
  await waitForHost(page);
  await goTo(page, 'Log doctor');
  await dropFile(page, 'qemu.log', Buffer.from(NOT_VIABLE));
  const answer = page.getByRole('region', { name: 'What the log says' });
  await expect(answer).toContainText('qemu.log, line 1');
  await page.getByRole('button', { name: 'Take qemu.log away' }).click();
  await page.getByRole('textbox', { name: 'Log lines' }).fill('hello');
  await page.getByRole('button', { name: 'Read the log' }).click();
  await expect(page.getByText('No line is known')).toBeVisible();
});

test('a host by SSH is opened under the rules of the command line', async ({ shell: { page } }) => {
  await waitForHost(page);
  await goTo(page, 'Open');
  const field = page.getByRole('textbox', { name: 'Path of a file or a folder, or a host' });
  await field.fill('root@host');
  await expect(page.getByRole('button', { name: 'Open it' })).toBeDisabled();
  await field.fill('ssh://-oProxyCommand=x');
  await page.getByRole('button', { name: 'Open it' }).click();
  await expect(page.getByRole('alert')).toContainText('cannot-open');
});
