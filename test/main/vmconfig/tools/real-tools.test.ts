import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { lintConfiguration } from '../../../../main/backend/lint-configuration.ts';
import { DAMAGES } from '../../../support/damage-domain.ts';
import { checkVms, domainOf, wordsOf, type CheckRow } from '../../../support/vm-tools/check-vms.ts';
import { askQemu, run } from '../../../support/vm-tools/ask-qemu.ts';
import { vmCases } from '../../../support/vm-tools/cases.ts';
import { standIns } from '../../../support/vm-tools/stand-ins.ts';
import { place, pci } from '../../../support/vm-host.ts';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

// The path of a socket has 107 characters at most, and libvirt makes some below this folder.
const root = mkdtempSync('/tmp/avm-');
let rows: readonly CheckRow[];

beforeAll(async () => {
  rows = await checkVms(await vmCases(), root);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('real tools take what is written', () => {
  it('for forty machines and more', () => {
    expect(rows).toHaveLength(8);
    expect(Math.min(...rows.map(({ cases }) => cases))).toBeGreaterThanOrEqual(40);
  });

  it.each([
    ['libvirt', 'virt-xml-validate'],
    ['libvirt', 'virsh test:///default define --validate'],
    ['libvirt', 'virsh qemu:///embed domxml-to-native, then QEMU with that command line'],
    ['qemu', 'QEMU makes the machine under -S and has each device at its place'],
    ['qemu', 'names of the properties of vfio-pci, one QEMU for each set of them'],
    ['qemu', 'shellcheck, and a shell that hands QEMU’s words to a stand-in'],
    [
      'virt-install',
      'virt-install --print-xml --dry-run, whose domain is read back as the same machine',
    ],
    ['unraid', 'virt-xml-validate'],
  ])('%s: %s', (target, check) => {
    const row = rows.find((one) => one.target === target && one.check === check);
    expect(row?.failures).toEqual([]);
  });
});

describe('and object to what is wrong', () => {
  const { vm } = place({ devices: pci('01:00.0') });

  it('the schema: a slot that PCI does not have', async () => {
    const path = join(root, 'wrong.xml');
    writeFileSync(path, domainOf(vm).replaceAll("slot='0x02'", "slot='0x22'"));
    expect((await run('virt-xml-validate', [path])).status).not.toBe(0);
  });

  it('QEMU: functions of a card that do not say so', async () => {
    const words = wordsOf(vm).map((word) => word.replace(',multifunction=on', ''));
    const { error } = await askQemu(standIns(words, root).argv, []);
    expect(error).toMatch(/single function device can't be populated/);
  });

  it('QEMU: one chassis for two ports', async () => {
    const words = wordsOf(vm).map((word) => word.replace(/chassis=\d+/, 'chassis=1'));
    expect((await askQemu(standIns(words, root).argv, [])).error).toMatch(/chassis/);
  });
});

describe('corrected domains', () => {
  it.each(DAMAGES.map(({ code, spoil }, index) => [code, index, spoil] as const))(
    '%s (%i): the schema takes the corrected one',
    async (_code, index, spoil) => {
      const wish = { devices: pci('01:00.0', '03:00.0'), guest: 'windows-11', cpus: 4 } as const;
      const display = { kind: 'looking-glass', width: 1920, height: 1080 } as const;
      const text = spoil(domainOf(place({ ...wish, display }).vm));
      const lint = lintConfiguration(text, undefined);
      const mended = lint.ok ? lint.value.mended?.text : undefined;
      const path = join(root, `mended-${index}.xml`);
      writeFileSync(path, mended ?? '');
      expect(mended).toBeDefined();
      expect((await run('virt-xml-validate', [path, 'domain'])).status).toBe(0);
    },
  );
});
