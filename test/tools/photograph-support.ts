import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { dropFile } from '../e2e/drop-file.ts';

const SAMPLES = join(import.meta.dirname, '../../assets/samples');

/** What a customer might send: two programs in one text, and prose around them. */
const MIXTURE = `This is what you asked for.
00:01.0 PCI bridge [0604]: Intel Corporation 6th-10th Gen Core Processor PCIe Controller (x16) [8086:1901] (rev 07)
\tKernel driver in use: pcieport
01:00.0 VGA compatible controller [0300]: NVIDIA Corporation GA102 [GeForce RTX 3080] [10de:2206] (rev a1)
\tKernel driver in use: nouveau
01:00.1 Audio device [0403]: NVIDIA Corporation GA102 High Definition Audio Controller [10de:1aef] (rev a1)
\tKernel driver in use: snd_hda_intel

[    0.512000] pci 0000:00:01.0: Adding to iommu group 1
[    0.512001] pci 0000:01:00.0: Adding to iommu group 1
[    0.512002] pci 0000:01:00.1: Adding to iommu group 1`;

const LOG = `pci 0000:01:00.0: Adding to iommu group 1
vfio 0000:01:00.0: group 1 is not viable
qemu-system-x86_64: -device vfio-pci,host=0000:01:00.0: vfio 0000:01:00.0: group 1 is not viable
vfio-pci 0000:01:00.0: BAR 1: can't reserve [mem 0xc0000000-0xcfffffff 64bit pref]`;

type Save = (name: string) => Promise<unknown>;
type Choose = (entry: string) => Promise<void>;

/** Photographs the pages for what others send, empty and full. */
export async function photographSupport(page: Page, choose: Choose, save: Save): Promise<void> {
  await choose('Log doctor');
  await save('doctor-empty');
  await photographText(page, choose, save);
  await photographLog(page, choose, save);
  await photographLibrary(page, choose, save);
  await photographComparison(page, save);
}

async function photographText(page: Page, choose: Choose, save: Save): Promise<void> {
  await choose('Open');
  await page.getByRole('textbox', { name: 'Text to read' }).fill(MIXTURE);
  await save('open-pasted');
  await page.getByRole('button', { name: 'Read the text' }).click();
  await page.getByRole('region', { name: 'Recognised as' }).waitFor();
  await save('recognised');
}

async function photographLog(page: Page, choose: Choose, save: Save): Promise<void> {
  await choose('Log doctor');
  await page.getByRole('textbox', { name: 'Log lines' }).fill(LOG);
  await page.getByRole('button', { name: 'Read the log' }).click();
  await page.getByRole('region', { name: 'What the log says' }).waitFor();
  await save('doctor');
}

async function photographLibrary(page: Page, choose: Choose, save: Save): Promise<void> {
  await choose('Library');
  await page.waitForTimeout(300);
  await save('library-first');
  for (const name of ['graphics-card', 'iommu-off', 'epyc-root-bus', 'dma-alias']) {
    const file = `${name}.tar.gz`;
    await dropFile(page, file, readFileSync(join(SAMPLES, file)));
    await page.getByText(/imported|there already/).waitFor();
    if (name === 'iommu-off') await save('library-imported');
    await page.getByRole('button', { name: 'Done' }).click();
  }
  await save('library');
  await page.getByRole('option').first().click();
  const entry = page.getByRole('complementary', { name: 'Chosen entry' });
  await entry.getByRole('textbox', { name: 'Tag to add' }).fill('code 43');
  await entry.getByRole('button', { name: 'Add', exact: true }).click();
  await entry.getByRole('textbox', { name: 'Case to put it into' }).fill('Acme 42');
  await entry.getByRole('button', { name: 'Put into' }).click();
  await entry.getByRole('textbox', { name: 'Note to add' }).fill('Second card, upper slot');
  await entry.getByRole('button', { name: 'Add the note' }).click();
  await entry.getByRole('list').last().waitFor();
  await save('library-entry');
  await entry.getByRole('button', { name: 'Open as a host' }).click();
  await page.getByRole('tab', { name: 'Compare' }).waitFor();
}

async function photographComparison(page: Page, save: Save): Promise<void> {
  await page.getByRole('tab', { name: 'Compare' }).click();
  await page.getByText('Choose what to compare with').waitFor();
  await save('compare-empty');
  const choose = page.getByRole('button', { name: 'Choose a file' });
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), choose.click()]);
  await chooser.setFiles(join(SAMPLES, 'graphics-card.tar.gz'));
  await page.getByRole('button', { name: 'Copy as text' }).waitFor();
  await save('compare');
}
