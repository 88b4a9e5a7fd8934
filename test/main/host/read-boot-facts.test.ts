import { describe, expect, it } from 'vitest';
import { openSource } from '../../../main/host/open-source.ts';
import { readBootFacts } from '../../../main/host/read-boot-facts.ts';
import { buildTree } from '../../support/build-tree.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const VENDOR = '4a67b082-0a4c-41cf-b6c7-440b29bb8c4f';
const STUB = `sys/firmware/efi/efivars/StubInfo-${VENDOR}`;

async function read(
  files: Readonly<Record<string, string | Uint8Array>>,
  links: Readonly<Record<string, string>> = {},
) {
  const root = temporaryDirectory();
  buildTree(root, { functions: [], files, links });
  const source = await openSource(root, { nowMs: 0 });
  if (!source.ok) throw new Error(source.error.message);
  return readBootFacts(source.value);
}

describe('how a host boots', () => {
  it('is read from files, folders, links and variables of the firmware', async () => {
    const variable = Buffer.from('....systemd-stub 257\0', 'latin1');
    const stub = Buffer.concat([
      variable.subarray(0, 4),
      Buffer.from(variable.subarray(4).toString('latin1'), 'utf16le'),
    ]);
    const facts = await read(
      {
        'etc/default/grub': 'GRUB_DEFAULT=0\n',
        'etc/default/grub.d/own.cfg': 'A=1',
        'etc/default/grub.d/README': 'no',
        'etc/kernel/postinst.d/dracut': '#!/bin/sh\n',
        'usr/bin/dracut': 'x',
        [STUB]: stub,
      },
      { 'usr/sbin/update-initramfs': '../bin/dracut' },
    );
    expect(facts.isExact).toBe(true);
    expect(facts.isComplete).toBe(false);
    expect(facts.files).toMatchObject({
      'etc/default/grub': { state: 'text', text: 'GRUB_DEFAULT=0\n' },
      'etc/default/grub.d/own.cfg': { state: 'text', text: 'A=1' },
      'etc/kernel/postinst.d/dracut': { state: 'present' },
      'usr/bin/dracut': { state: 'present' },
      'usr/sbin/update-initramfs': { state: 'link', target: '../bin/dracut' },
      [STUB]: { state: 'text', text: 'systemd-stub 257' },
    });
    expect(facts.files['etc/default/grub.d/README']).toBeUndefined();
    expect(facts.files['usr/bin/mkinitcpio']).toBeUndefined();
  });

  it('comes from the list of markers in a snapshot', async () => {
    const facts = await read({ 'airlock/markers': 'usr/bin/dracut\netc/pve/\n' });
    expect(facts.files['usr/bin/dracut']).toEqual({ state: 'present' });
    expect(facts.files['etc/pve']).toEqual({ state: 'present' });
  });

  it('is not half a file', async () => {
    const facts = await read({ 'etc/default/grub': '#'.repeat(1024 * 1024 + 1) });
    expect(facts.files['etc/default/grub']).toEqual({ state: 'unreadable', errno: 'EFBIG' });
  });
});
