import { expect, type Locator, type Page } from '@playwright/test';
import { showTab } from './window-steps.ts';

/** A sample host whose graphics has an audio function of the same maker. */
export const AM4 = 'AM4 X470 server board';

export function vmPage(page: Page): Locator {
  return page.getByRole('region', { name: 'Virtual machine' });
}

/** The text of one file of the configuration. */
export function configText(page: Page, file: string | RegExp): Locator {
  return vmPage(page).getByRole('region', { name: 'Configuration' }).getByRole('group', {
    name: file,
  });
}

/** Opens the page of virtual machines and gives a device to the machine. */
export async function giveDevice(page: Page, name: RegExp): Promise<void> {
  await showTab(page, 'VM');
  const box = vmPage(page).getByRole('checkbox', { name }).first();
  await box.check();
  await expect(vmPage(page).getByRole('list', { name: 'Chosen devices' })).toBeVisible();
}

/** Shows the part of the page for a machine that exists, and pastes a text. */
export async function pasteMachine(page: Page, text: string): Promise<void> {
  await showTab(page, 'VM');
  await vmPage(page).getByText('Existing machine', { exact: true }).click();
  await vmPage(page).getByRole('textbox').fill(text);
}

/** A libvirt domain that takes one function. */
export function domainWith(address: string): string {
  const [bus = '', slot = '', fn = ''] = address.split(/[:.]/);
  return `<domain type='kvm'>
  <name>old</name>
  <os firmware='efi'><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os>
  <devices>
    <hostdev mode='subsystem' type='pci' managed='yes'>
      <source>
        <address domain='0x0000' bus='0x${bus}' slot='0x${slot}' function='0x${fn}'/>
      </source>
    </hostdev>
  </devices>
</domain>
`;
}
